package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What should have run, and did not. */
@Command(
        name = "missed",
        mixinStandardHelpOptions = true,
        description = "List the instants that no node ran, newest first, and why.")
final class MissedCommand extends ListCommand {

    @Parameters(arity = "0..1", paramLabel = "FLOW", defaultValue = "", description = "Only of this flow.")
    private String flow = "";

    @Override
    String path() {
        return "/api/runs";
    }

    @Override
    Map<String, String> query() {
        return Map.of("flow", flow, "outcome", "missed");
    }

    @Override
    Table table() {
        return new Table("FLOW", "SCHEDULED", "WHY");
    }

    @Override
    void row(Table table, JsonNode run) {
        table.row(text(run.path("flow")), time(run.path("scheduledAt")), text(run.path("error")));
    }
}
