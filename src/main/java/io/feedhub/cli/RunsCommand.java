package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What ran. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "List runs, newest first.")
final class RunsCommand extends ListCommand {

    @Parameters(arity = "0..1", paramLabel = "FLOW", defaultValue = "", description = "Only of this flow.")
    private String flow = "";

    @Option(
            names = "--outcome",
            defaultValue = "",
            description = "Only planned, running, done, failed, skipped or missed.")
    private String outcome = "";

    @Override
    String path() {
        return "/api/runs";
    }

    @Override
    Map<String, String> query() {
        return Map.of("flow", flow, "outcome", outcome);
    }

    @Override
    Table table() {
        return new Table("RUN", "FLOW", "SCHEDULED", "NODE", "OUTCOME", "TOOK", "IN", "OUT", "PARKED");
    }

    /** The reason has a line of its own: beside the counts it would not fit a terminal. */
    @Override
    void row(Table table, JsonNode run) {
        table.row(
                text(run.path("id")),
                text(run.path("flow")),
                time(run.path("scheduledAt")),
                text(run.path("node")),
                text(run.path("outcome")),
                took(run),
                text(run.path("itemsIn")),
                text(run.path("itemsOut")),
                text(run.path("parked")));
        note(table, run.path("error"));
    }

    private static String took(JsonNode run) {
        if (!run.path("startedAt").isTextual() || !run.path("endedAt").isTextual()) {
            return "-";
        }
        long millis = Duration.between(
                        Instant.parse(run.path("startedAt").asText()),
                        Instant.parse(run.path("endedAt").asText()))
                .toMillis();
        return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
    }
}
