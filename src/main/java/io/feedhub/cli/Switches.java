package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that turn one thing: each is one call, and says what it did. */
final class Switches {
    private Switches() {}

    @Command(name = "run-now", mixinStandardHelpOptions = true, description = "Run a flow now, beside its schedule.")
    static final class RunNow extends CallCommand {
        @Parameters(paramLabel = "FLOW")
        private String flow = "";

        @Option(names = "--body", paramLabel = "JSON", description = "What its first step is given.")
        private @Nullable String body;

        @Override
        JsonNode call(HubClient hub) {
            String path = "/api/flows/" + ApiPath.part(flow) + "/run";
            return body == null ? hub.post(path) : hub.postJson(path, body);
        }

        @Override
        String words(JsonNode answer) {
            return flow + " is started; see ./feedhub runs " + flow;
        }
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Stop a flow from starting runs.")
    static final class Pause extends CallCommand {
        @Parameters(paramLabel = "FLOW")
        private String flow = "";

        @Override
        JsonNode call(HubClient hub) {
            return hub.post("/api/flows/" + ApiPath.part(flow) + "/pause");
        }

        @Override
        String words(JsonNode answer) {
            return flow + " is paused";
        }
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a paused flow start runs again.")
    static final class Resume extends CallCommand {
        @Parameters(paramLabel = "FLOW")
        private String flow = "";

        @Override
        JsonNode call(HubClient hub) {
            return hub.post("/api/flows/" + ApiPath.part(flow) + "/resume");
        }

        @Override
        String words(JsonNode answer) {
            return flow + " runs again";
        }
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Send a parked, unknown or given-up message again.")
    static final class Retry extends CallCommand {
        @Parameters(paramLabel = "ID")
        private long id;

        @Override
        JsonNode call(HubClient hub) {
            return hub.post("/api/deliveries/" + id + "/retry");
        }

        @Override
        String words(JsonNode answer) {
            return "message " + id + " is in the queue again";
        }
    }

    @Command(
            name = "give-up",
            mixinStandardHelpOptions = true,
            description = "Let a queued, parked or unknown message be: it is not sent, or not again.")
    static final class GiveUp extends CallCommand {
        @Parameters(paramLabel = "ID")
        private long id;

        @Override
        JsonNode call(HubClient hub) {
            return hub.post("/api/deliveries/" + id + "/give-up");
        }

        @Override
        String words(JsonNode answer) {
            return "message " + id + " is given up";
        }
    }

    @Command(
            name = "resume-channel",
            mixinStandardHelpOptions = true,
            description = "Send a parked channel's queue: its webhook is right again.")
    static final class ResumeChannel extends CallCommand {
        @Parameters(paramLabel = "CHANNEL")
        private String channel = "";

        @Override
        JsonNode call(HubClient hub) {
            return hub.post("/api/channels/" + ApiPath.part(channel) + "/resume");
        }

        @Override
        String words(JsonNode answer) {
            return "#" + channel + " is open again";
        }
    }
}
