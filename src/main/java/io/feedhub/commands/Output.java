package io.feedhub.commands;

import io.feedhub.database.Storable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of what a program writes. It is read to its end, so that the program never waits, and kept up to a bound.
 * Thread-safe: one thread reads, others look.
 */
final class Output implements Runnable {
    /** Read beyond the bound, so that a secret that straddles it is whole when it is masked. */
    private static final int MARGIN = 8_192;

    private final InputStream stream;
    private final int bound;
    private final Secrets secrets;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long written;
    private boolean ended;

    Output(InputStream stream, int bound, Secrets secrets) {
        this.stream = stream;
        this.bound = bound;
        this.secrets = secrets;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[8_192];
        try {
            for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
                keep(chunk, read);
            }
        } catch (IOException e) {
            // the program was stopped, and its pipe with it
        }
        synchronized (this) {
            ended = true;
        }
    }

    private synchronized void keep(byte[] chunk, int read) {
        written += read;
        kept.write(chunk, 0, Math.min(read, Math.max(0, bound + MARGIN - kept.size())));
    }

    /** What is known so far, secrets masked; of an unfinished line nothing, since it may end within a secret. */
    synchronized String soFar() {
        String text = Storable.text(kept.toString(StandardCharsets.UTF_8));
        String whole = ended ? text : text.substring(0, text.lastIndexOf('\n') + 1);
        String masked = secrets.mask(whole);
        if (masked.length() <= bound) {
            return masked;
        }
        return masked.substring(0, Character.isHighSurrogate(masked.charAt(bound - 1)) ? bound - 1 : bound);
    }

    synchronized boolean isTruncated() {
        return written > bound;
    }
}
