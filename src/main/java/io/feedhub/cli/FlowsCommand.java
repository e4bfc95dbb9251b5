package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** The flows and how they fare. */
@Command(name = "flows", mixinStandardHelpOptions = true, description = "List the flows and how they fare.")
final class FlowsCommand extends ListCommand {

    @Override
    String path() {
        return "/api/flows";
    }

    @Override
    Table table() {
        return new Table("FLOW", "DOMAIN", "STATE", "SCHEDULE", "LAST RUN", "OUTCOME", "NEXT RUN");
    }

    @Override
    void row(Table table, JsonNode flow) {
        table.row(
                text(flow.path("id")),
                text(flow.path("domain")),
                text(flow.path("state")),
                text(flow.path("schedule")),
                time(flow.at("/lastRun/startedAt")),
                text(flow.at("/lastRun/outcome")),
                time(flow.path("nextRun")));
        findings(table, flow.path("problems"));
    }
}
