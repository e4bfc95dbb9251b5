package io.feedhub.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the hub with everything it needs on this machine. */
@Command(
        name = SandboxCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Run the hub with an embedded PostgreSQL and stand-ins for every outside service.")
final class SandboxCommand implements Callable<Integer> {
    static final String NAME = "sandbox";

    /** Faster, a minute would be less than the millisecond that a timer can wait. */
    private static final int FASTEST = 60_000;

    private final SpringApplication hub;

    @Option(
            names = "--speed",
            defaultValue = "60",
            description =
                    "How many times as often things happen; 60 makes a minute a second (default: ${DEFAULT-VALUE}).")
    private int speed;

    @Option(names = "--fresh", description = "Forget what earlier sandboxes left in .feedhub/.")
    private boolean fresh;

    @Option(names = "--port", defaultValue = "8080", description = "Where the hub listens (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--once", description = "Start, say so and stop; a try of the whole.")
    private boolean once;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    SandboxCommand(SpringApplication hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (speed < 1 || speed > FASTEST) {
            throw new ParameterException(spec.commandLine(), "--speed must be from 1 to " + FASTEST);
        }
        hub.setAdditionalProfiles("sandbox");
        hub.addInitializers(new SettingsCheck());
        List<String> settings =
                List.of("--sandbox.speed=" + speed, "--sandbox.fresh=" + fresh, "--server.port=" + port);
        return once ? RunCommand.start(hub, settings) : RunCommand.runUntilStopped(hub, settings);
    }
}
