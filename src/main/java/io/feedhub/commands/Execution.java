package io.feedhub.commands;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One program that runs: its two outputs, its time-out and its end. There is no shell between its arguments and it. */
final class Execution {
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration MERCY = Duration.ofSeconds(2);

    private final NamedCommand command;
    private final Process process;
    private final Output output;
    private final Output errors;
    private final long began = System.nanoTime();

    Execution(NamedCommand command, Process process, Secrets secrets) {
        this.command = command;
        this.process = process;
        int bound = (int) command.output().toBytes();
        this.output = new Output(process.getInputStream(), bound, secrets);
        this.errors = new Output(process.getErrorStream(), bound, secrets);
    }

    /** @throws IOException when the program does not exist or may not be run */
    static Execution begin(NamedCommand command, List<String> argv, Secrets secrets) throws IOException {
        Path directory =
                command.directory() == null ? Path.of(System.getProperty("java.io.tmpdir")) : command.directory();
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(command.environment());
        return new Execution(command, builder.start(), secrets);
    }

    /**
     * Waits for the end.
     *
     * @param beat told what is known, twice a second; when it answers false the program is stopped
     * @return how it ended; an interruption stops the program and is its reason, any other failure stops it and is thrown
     */
    Result await(Predicate<Execution> beat) throws InterruptedException {
        try {
            return follow(beat);
        } catch (RuntimeException | Error e) { // no thread to be had, say: nobody would read it, or stop it in time
            stop();
            throw e;
        }
    }

    private Result follow(Predicate<Execution> beat) throws InterruptedException {
        Thread out = read(output);
        Thread err = read(errors);
        String reason = null;
        try {
            while (reason == null && !process.waitFor(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                reason = reasonToStop(beat);
            }
        } catch (InterruptedException e) {
            reason = "stopped: the hub was stopped";
        }
        boolean stopped = stop();
        out.join(MERCY.toMillis()); // a child that outlives its parent may hold the pipe
        err.join(MERCY.toMillis());
        if (!stopped) {
            return new Result(null, reason + "; but it cannot be stopped, and runs on", took());
        }
        int exit = process.exitValue();
        return new Result(exit, reason != null ? reason : exit == 0 ? null : "exit code " + exit, took());
    }

    String output() {
        return output.soFar();
    }

    String errors() {
        return errors.soFar();
    }

    boolean isTruncated() {
        return output.isTruncated() || errors.isTruncated();
    }

    private @Nullable String reasonToStop(Predicate<Execution> beat) {
        if (took().compareTo(command.timeout()) > 0) {
            return "stopped: it ran longer than " + command.timeout().toSeconds() + " s";
        }
        return beat.test(this) ? null : "stopped: this machine lost its hold on the command";
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Ends the program and what it started; kindly first. By their handles: Process.destroy would close the pipes, and what
     * is still in them would be lost, also of a program that has long ended.
     *
     * @return false when it lives on: that of another user, behind sudo, may not be killed, and one that hangs in the kernel
     *     cannot be
     */
    private boolean stop() throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        if (process.isAlive()) {
            all.forEach(ProcessHandle::destroy);
            process.waitFor(MERCY.toMillis(), TimeUnit.MILLISECONDS);
        }
        all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
        return process.waitFor(MERCY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread read(Output output) {
        Thread thread = new Thread(output, "command-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * How it ended.
     *
     * @param exitCode the program's, or null when it has not ended
     * @param reason why it counts as failed, or null
     * @param took from its beginning
     */
    record Result(@Nullable Integer exitCode, @Nullable String reason, Duration took) {}
}
