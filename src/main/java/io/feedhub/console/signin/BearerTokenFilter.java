package io.feedhub.console.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs programs in by {@code Authorization: Bearer <token>}, for one request at a time. */
final class BearerTokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final List<Users.Token> tokens;
    private final Clock clock;
    private final Refusals refusals;

    BearerTokenFilter(List<Users.Token> tokens, Clock clock, Refusals refusals) {
        this.tokens = tokens;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            try {
                signIn(header.substring(SCHEME.length()).strip());
            } catch (AuthenticationException e) {
                refusals.commence(request, response, e);
                return;
            }
        }
        next.doFilter(request, response);
    }

    private void signIn(String secret) {
        String hash = DigestUtils.sha256Hex(secret);
        Users.Token token = tokens.stream()
                .filter(known -> isEqual(known.sha256(), hash))
                .findFirst()
                .orElseThrow(() -> new BadCredentialsException("the token is unknown"));
        if (token.isExpired(clock.instant())) {
            throw new BadCredentialsException("the token " + token.name() + " expired after " + token.expires());
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                "token " + token.name(), null, token.role().authorities()));
        SecurityContextHolder.setContext(context);
    }

    /** In constant time, and as texts: what is no hash is no token's, and hinders no other. */
    private static boolean isEqual(String known, String hash) {
        return MessageDigest.isEqual(
                known.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
    }
}
