package io.feedhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The wall clock of a process, which is moved while it runs. It is libfaketime, loaded into the process, that moves it: for
 * the JDK's clocks and for Quartz alike. The monotonic clock goes on, as it does when a machine's time is set.
 */
final class ProcessClock {
    private final Path file;

    /** A right clock, until it is moved. */
    ProcessClock(Path file) {
        this.file = file;
        show(Duration.ZERO);
    }

    /** Whether this machine has libfaketime. */
    static boolean canBeMoved() {
        return !library().isEmpty();
    }

    /** From the next second on it is ahead of the right time by so much, or behind it with a negative offset. */
    void show(Duration offset) {
        try {
            Files.writeString(file, "%+d\n".formatted(offset.toSeconds()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process is to be started with. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("LD_PRELOAD", library());
        environment.put("FAKETIME_TIMESTAMP_FILE", file.toAbsolutePath().toString());
        environment.put("FAKETIME_CACHE_DURATION", "1");
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // else every wait of the JVM returns at once
        return environment;
    }

    private static String library() {
        try {
            Process asked = new ProcessBuilder("faketime", "-f", "+0", "printenv", "LD_PRELOAD").start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) { // there is no such command
            return "";
        }
    }
}
