package io.feedhub.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Command;

/** Runs the hub until it is stopped. */
@Command(
        name = RunCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Run the hub, as application.yaml says.")
final class RunCommand implements Callable<Integer> {
    static final String NAME = "run";

    private final SpringApplication hub;

    RunCommand(SpringApplication hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() throws InterruptedException {
        hub.addInitializers(new SettingsCheck());
        return runUntilStopped(hub, List.of());
    }

    /** Starts the hub and stays until a signal ends the process, and Spring's shutdown hook the hub. */
    static int runUntilStopped(SpringApplication hub, List<String> settings) throws InterruptedException {
        int failed = start(hub, settings);
        if (failed == 0) {
            new CountDownLatch(1).await();
        }
        return failed;
    }

    /**
     * Starts the hub; it ends with the process. A signal interrupts a start, which may wait for its database for days: Spring's
     * own shutdown hook waits for the start.
     */
    static int start(SpringApplication hub, List<String> settings) {
        Thread stop = new Thread(Thread.currentThread()::interrupt, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            hub.run(settings.toArray(String[]::new));
            return 0;
        } catch (MissingSettings e) {
            throw e;
        } catch (RuntimeException e) { // Spring has logged the reason, with its advice
            return isMisconfigured(e) ? Commands.USAGE : 1;
        } finally {
            forget(stop);
        }
    }

    /** A value of the wrong kind, or a file that cannot be read: to start again does not help. */
    private static boolean isMisconfigured(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException || cause instanceof YAMLException) {
                return true;
            }
        }
        return false;
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            return; // a signal has come, and it has done its work
        }
    }
}
