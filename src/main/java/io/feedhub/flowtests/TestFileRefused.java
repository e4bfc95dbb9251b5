package io.feedhub.flowtests;

/** A test file that cannot be read as one. The message says where, what is wrong and what to write instead. */
public final class TestFileRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TestFileRefused(String place, String reason) {
        super(place + ": " + reason);
    }
}
