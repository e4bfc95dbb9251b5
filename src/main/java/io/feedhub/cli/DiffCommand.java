package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed between two revisions. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Show what changed between two revisions of a flow.")
final class DiffCommand implements Runnable {
    @Mixin
    private final Hub hub = new Hub();

    @Parameters(index = "0", paramLabel = "FLOW")
    private String flow = "";

    @Parameters(index = "1", paramLabel = "A")
    private int from;

    @Parameters(index = "2", paramLabel = "B")
    private int to;

    @Option(names = "--json", description = "Print JSON instead of a diff.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        JsonNode answer =
                hub.get("/api/flows/" + flow + "/revisions/" + to + "/diff", Map.of("from", Integer.toString(from)));
        String diff = answer.path("diff").asText();
        spec.commandLine().getOut().println(json ? answer.toPrettyString() : diff.isEmpty() ? "no difference" : diff);
    }
}
