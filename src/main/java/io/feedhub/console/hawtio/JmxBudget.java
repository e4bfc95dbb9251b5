package io.feedhub.console.hawtio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jolokia.json.JSONObject;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.api.AbstractJolokiaService;
import org.jolokia.server.core.service.request.RequestInterceptor;

/**
 * How much one request may be answered by JMX. Jolokia collects the answers to many questions in one before it sends the first,
 * and some answers are as long as all flows together. Thread-safe: a request has its thread.
 */
final class JmxBudget extends AbstractJolokiaService<RequestInterceptor> implements RequestInterceptor {
    /** Hawtio asks for the tree of some thousand MBeans at once, which must have its place. */
    private static final long MOST = 24 << 20;

    /** What an answer takes besides its text. */
    private static final int EACH = 2048;

    private final ThreadLocal<Long> spent = ThreadLocal.withInitial(() -> 0L);

    JmxBudget() {
        super(RequestInterceptor.class, 0);
    }

    /** No further answer has a place. */
    boolean isSpent() {
        return spent.get() > MOST;
    }

    /** A request begins or has ended. */
    void renew() {
        spent.remove();
    }

    @Override
    public void intercept(JolokiaRequest request, JSONObject answer) {
        Length length = new Length();
        try {
            answer.writeJSONString(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spent.set(spent.get() + EACH + length.characters);
    }

    private static final class Length extends Writer {
        private long characters;

        @Override
        public void write(char[] text, int from, int count) {
            characters += count;
        }

        @Override
        public void write(String text, int from, int count) {
            characters += count;
        }

        @Override
        public void write(int character) {
            characters++;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
