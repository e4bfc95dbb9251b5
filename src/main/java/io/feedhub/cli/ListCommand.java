package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that prints a list of the hub's: a table, or JSON as the API has it; once, or again and again. */
abstract class ListCommand implements Runnable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final String CLEAR = "\033[H\033[2J";

    @Mixin
    private final Hub hub = new Hub();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--watch", description = "Show the list again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    abstract String path();

    abstract Map<String, String> query();

    abstract Table table();

    abstract void row(Table table, JsonNode item);

    /** What stands below the last row; nothing, unless the command says otherwise. */
    void end(Table table) {}

    @Override
    public final void run() {
        try {
            show();
            while (watch) {
                TimeUnit.SECONDS.sleep(2);
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        JsonNode answer = hub.get(path(), query());
        PrintWriter out = spec.commandLine().getOut();
        if (watch && Ansi.AUTO.enabled()) {
            out.print(CLEAR);
        }
        if (json) {
            out.println(answer.toPrettyString());
            out.flush();
            return;
        }
        Table table = table();
        answer.path("items").forEach(item -> row(table, item));
        end(table);
        table.print(out);
    }

    static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "-" : node.asText();
    }

    static String time(JsonNode node) {
        return node.isTextual() ? TIME.format(Instant.parse(node.asText())) : "-";
    }
}
