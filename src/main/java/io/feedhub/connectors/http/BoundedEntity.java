package io.feedhub.connectors.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer that fails, instead of filling the memory, when it is longer than the bound. */
final class BoundedEntity extends HttpEntityWrapper {
    private final long bound;

    BoundedEntity(HttpEntity entity, long bound) throws IOException {
        super(entity);
        this.bound = bound;
        if (entity.getContentLength() > bound) {
            throw tooLong(bound);
        }
    }

    @Override
    public InputStream getContent() throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(super.getContent())
                .setMaxCount(bound)
                .setOnMaxCount((max, count) -> {
                    throw tooLong(bound);
                })
                .get();
    }

    private static IOException tooLong(long bound) {
        return new IOException("the answer is longer than " + (bound >> 20) + " MiB");
    }
}
