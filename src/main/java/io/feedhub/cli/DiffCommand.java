package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What changed between two revisions. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what changed between two revisions of a flow.")
final class DiffCommand extends CallCommand {
    @Parameters(index = "0", paramLabel = "FLOW", description = "A flow, or beans/NAME or _shared/NAME.")
    private String flow = "";

    @Parameters(index = "1", paramLabel = "A")
    private int from;

    @Parameters(index = "2", paramLabel = "B")
    private int to;

    @Override
    JsonNode call(HubClient hub) {
        return hub.get(ApiPath.of(flow) + "/revisions/" + to + "/diff", Map.of("from", Integer.toString(from)));
    }

    @Override
    String words(JsonNode answer) {
        String diff = answer.path("diff").asText();
        return diff.isEmpty() ? "no difference" : diff;
    }
}
