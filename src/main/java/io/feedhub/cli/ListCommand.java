package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that prints a list of the hub's: a table, or JSON as the API has it. */
abstract class ListCommand implements Runnable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Mixin
    private final Hub hub = new Hub();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    abstract String path();

    abstract Map<String, String> query();

    abstract Table table();

    abstract void row(Table table, JsonNode item);

    @Override
    public final void run() {
        JsonNode answer = hub.get(path(), query());
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.toPrettyString());
            return;
        }
        Table table = table();
        answer.path("items").forEach(item -> row(table, item));
        table.print(out);
    }

    static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "-" : node.asText();
    }

    static String time(JsonNode node) {
        return node.isTextual() ? TIME.format(Instant.parse(node.asText())) : "-";
    }
}
