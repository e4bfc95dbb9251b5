package io.feedhub.bench;

import java.io.IOException;

/** One way to do the job, in a process of its own. */
interface Contender extends AutoCloseable {

    String name();

    /** The name of its database. */
    String database();

    /** Starts the job once; it may return before the job is over. */
    void begin() throws IOException;

    /** Whether nothing is left to do. */
    boolean isOver();

    Process process();

    @Override
    default void close() {
        process().destroyForcibly();
    }
}
