package io.feedhub.console.rest;

import io.feedhub.console.signin.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;

/** Refuses bodies that are larger than what is asked for can be, whether their length is said beforehand or not. */
final class BodyLimitFilter extends OncePerRequestFilter {
    private static final long MIB = 1 << 20;
    private static final String IMPORT = "/api/state/import";

    private final Refusals refusals;

    BodyLimitFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        long most = most(request.getRequestURI());
        if (request.getContentLengthLong() > most) {
            refusals.refuse(request, response, HttpStatus.PAYLOAD_TOO_LARGE, reason(most));
        } else {
            next.doFilter(new Limited(request, most), response);
        }
    }

    private static long most(String path) {
        return path.equals(IMPORT) ? 64 * MIB : MIB;
    }

    private static String reason(long most) {
        return "the body is larger than " + most / MIB + " MiB";
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long most;
        private @Nullable BufferedReader reader;

        Limited(HttpServletRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), most);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            if (reader == null) {
                String named = getCharacterEncoding();
                String encoding = named == null ? StandardCharsets.ISO_8859_1.name() : named;
                reader = new BufferedReader(new InputStreamReader(getInputStream(), encoding));
            }
            return reader;
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final long most;
        private long read;

        Counted(ServletInputStream body, long most) {
            this.body = body;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = body.read(into, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > most) {
                throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE, reason(most));
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
