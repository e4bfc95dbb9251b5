package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What became of everything. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "What became of what was planned and written, flow by flow, from the ledgers.")
final class ReportCommand extends ListCommand {
    private static final List<String> COUNTS = List.of(
            "planned", "done", "failed", "skipped", "missed", "open", "written", "delivered", "parked", "unknown");

    private final long[] sums = new long[COUNTS.size()];

    @Option(
            names = "--since",
            defaultValue = "",
            description = "Since this instant, such as 2026-03-02T12:00:00Z (default: a day ago).")
    private String since = "";

    @Override
    String path() {
        return "/api/report";
    }

    @Override
    Map<String, String> query() {
        return Map.of("since", since);
    }

    @Override
    Table table() {
        Arrays.fill(sums, 0);
        return new Table(
                "FLOW", "PLANNED", "DONE", "FAILED", "SKIPPED", "MISSED", "OPEN", "WRITTEN", "SENT", "PARKED",
                "UNKNOWN");
    }

    @Override
    void row(Table table, JsonNode line) {
        String[] cells = new String[COUNTS.size() + 1];
        cells[0] = text(line.path("flow"));
        for (int i = 0; i < COUNTS.size(); i++) {
            sums[i] += line.path(COUNTS.get(i)).asLong();
            cells[i + 1] = text(line.path(COUNTS.get(i)));
        }
        table.row(cells);
        if (line.path("reason").isTextual()) {
            table.note("  mostly: " + line.path("reason").asText());
        }
    }

    @Override
    void end(Table table) {
        String[] cells = new String[COUNTS.size() + 1];
        cells[0] = "all";
        for (int i = 0; i < COUNTS.size(); i++) {
            cells[i + 1] = Long.toString(sums[i]);
        }
        table.row(cells);
    }
}
