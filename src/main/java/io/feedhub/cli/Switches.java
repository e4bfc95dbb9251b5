package io.feedhub.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that turn one thing: each is one call, and says what it did. */
final class Switches {
    private Switches() {}

    private abstract static class Switch implements Runnable {
        @Mixin
        private final Hub hub = new Hub();

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        void turn(String path, String said) {
            hub.post(path);
            spec.commandLine().getOut().println(said);
        }
    }

    @Command(name = "run-now", mixinStandardHelpOptions = true, description = "Run a flow now, beside its schedule.")
    static final class RunNow extends Switch {
        @Parameters(paramLabel = "FLOW")
        private String flow = "";

        @Override
        public void run() {
            turn("/api/flows/" + flow + "/run", flow + " is started; see ./feedhub runs " + flow);
        }
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Stop a flow from starting runs.")
    static final class Pause extends Switch {
        @Parameters(paramLabel = "FLOW")
        private String flow = "";

        @Override
        public void run() {
            turn("/api/flows/" + flow + "/pause", flow + " is paused");
        }
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a paused flow start runs again.")
    static final class Resume extends Switch {
        @Parameters(paramLabel = "FLOW")
        private String flow = "";

        @Override
        public void run() {
            turn("/api/flows/" + flow + "/resume", flow + " runs again");
        }
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Send a parked or unknown message again.")
    static final class Retry extends Switch {
        @Parameters(paramLabel = "ID")
        private long id;

        @Override
        public void run() {
            turn("/api/deliveries/" + id + "/retry", "message " + id + " is in the queue again");
        }
    }

    @Command(
            name = "give-up",
            mixinStandardHelpOptions = true,
            description = "Let a queued, parked or unknown message be: it is not sent, or not again.")
    static final class GiveUp extends Switch {
        @Parameters(paramLabel = "ID")
        private long id;

        @Override
        public void run() {
            turn("/api/deliveries/" + id + "/give-up", "message " + id + " is given up");
        }
    }

    @Command(
            name = "resume-channel",
            mixinStandardHelpOptions = true,
            description = "Send a parked channel's queue: its webhook is right again.")
    static final class ResumeChannel extends Switch {
        @Parameters(paramLabel = "CHANNEL")
        private String channel = "";

        @Override
        public void run() {
            turn("/api/channels/" + channel + "/resume", "#" + channel + " is open again");
        }
    }
}
