package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Back to what worked. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Make an earlier revision of a flow live again, as a new revision.")
final class RollbackCommand extends CallCommand {
    @Parameters(index = "0", paramLabel = "FLOW", description = "A flow, or beans/NAME or _shared/NAME.")
    private String flow = "";

    @Parameters(index = "1", paramLabel = "N")
    private int to;

    @Override
    JsonNode call(HubClient hub) {
        return hub.post(ApiPath.of(flow) + "/rollback?to=" + to);
    }

    @Override
    String words(JsonNode revision) {
        return flow + " runs revision " + to + " again, as revision " + revision.path("number");
    }
}
