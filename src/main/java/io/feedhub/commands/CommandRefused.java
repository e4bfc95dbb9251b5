package io.feedhub.commands;

/** A command that must not be run as it was asked for. The message says why, and what to write instead. */
public final class CommandRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandRefused(String message) {
        super(message);
    }
}
