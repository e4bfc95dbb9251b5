package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Back to what worked. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Make an earlier revision of a flow live again, as a new revision.")
final class RollbackCommand implements Runnable {
    @Mixin
    private final Hub hub = new Hub();

    @Parameters(index = "0", paramLabel = "FLOW")
    private String flow = "";

    @Parameters(index = "1", paramLabel = "N")
    private int to;

    @Option(names = "--json", description = "Print the new revision as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        JsonNode revision = hub.post("/api/flows/" + flow + "/rollback?to=" + to);
        String said = flow + " runs revision " + to + " again, as revision " + revision.path("number");
        spec.commandLine().getOut().println(json ? revision.toPrettyString() : said);
    }
}
