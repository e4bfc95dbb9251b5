package io.feedhub.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;

/** Runs the hub until it is stopped. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Run the hub, as application.yaml says.")
final class RunCommand implements Callable<Integer> {
    private final SpringApplication hub;

    RunCommand(SpringApplication hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() throws InterruptedException {
        hub.addInitializers(new SettingsCheck());
        return start(hub, List.of());
    }

    static int start(SpringApplication hub, List<String> arguments) throws InterruptedException {
        try {
            hub.run(arguments.toArray(String[]::new));
        } catch (MissingSettings e) {
            throw e;
        } catch (RuntimeException e) {
            return 1; // Spring has logged the reason, with its advice
        }
        new CountDownLatch(1).await(); // a signal ends the process, and Spring's shutdown hook the hub
        return 0;
    }
}
