package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
        return new Table(
                "FLOW", "PLANNED", "DONE", "FAILED", "SKIPPED", "MISSED", "OPEN", "WRITTEN", "SENT", "PARKED",
                "UNKNOWN");
    }

    @Override
    void row(Table table, JsonNode line) {
        String[] cells = new String[COUNTS.size() + 1];
        cells[0] = text(line.path("flow"));
        for (int i = 0; i < COUNTS.size(); i++) {
            cells[i + 1] = text(line.path(COUNTS.get(i)));
        }
        table.row(cells);
        if (line.path("reason").isTextual()) {
            table.note("  mostly: " + line.path("reason").asText());
        }
    }

    @Override
    void end(Table table, JsonNode lines) {
        Stream<String> sums = COUNTS.stream().map(count -> Long.toString(sum(lines, count)));
        table.row(Stream.concat(Stream.of("all"), sums).toArray(String[]::new));
    }

    private static long sum(JsonNode lines, String count) {
        return StreamSupport.stream(lines.spliterator(), false)
                .mapToLong(line -> line.path(count).asLong())
                .sum();
    }
}
