package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that prints a list of the hub's: a table, or JSON as the API has it; once, or again and again. */
abstract class ListCommand implements Runnable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final int ROWS_TO_WATCH = 20;
    private static final String CLEAR = "\033[H\033[2J";

    @Mixin
    private final HubClient hub = new HubClient();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--watch", description = "Show the list again every two seconds, until Ctrl-C.")
    private boolean watch;

    private int limit;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "How many rows at most (default: all that the hub sends, the newest 100; of a table with --watch"
                            + " 20).")
    void setLimit(int rows) {
        if (rows < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be 1 or more");
        }
        limit = rows;
    }

    abstract String path();

    /** What of the list is wanted; all of it, unless the command says otherwise. */
    Map<String, String> query() {
        return Map.of();
    }

    abstract Table table();

    abstract void row(Table table, JsonNode item);

    /**
     * What stands below the last row; nothing, unless the command says otherwise.
     *
     * @param items all that the hub sent, whatever rows are shown
     */
    void end(Table table, JsonNode items) {}

    @Override
    public final void run() {
        try {
            if (!watch) {
                show();
            }
            while (watch) {
                watch();
                TimeUnit.SECONDS.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A hub that is away for a while is no reason to stop looking. */
    private void watch() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            show();
        } catch (HubClient.Away e) {
            out.println(e.getMessage());
            out.flush();
        }
    }

    private void show() {
        JsonNode answer = answer();
        PrintWriter out = spec.commandLine().getOut();
        if (watch && Ansi.AUTO.enabled()) {
            out.print(CLEAR);
        }
        if (json) {
            if (limit > 0 && answer instanceof ObjectNode whole) {
                cut(whole, limit);
            }
            out.println(answer.toPrettyString());
            out.flush();
            return;
        }
        Table table = table();
        int most = limit > 0 ? limit : watch ? ROWS_TO_WATCH : Integer.MAX_VALUE;
        StreamSupport.stream(answer.path("items").spliterator(), false)
                .limit(most)
                .forEach(item -> row(table, item));
        if (answer.path("items").isEmpty()) {
            table.note("none");
        } else {
            end(table, answer.path("items"));
        }
        table.print(out);
    }

    /** A page of the list, or as many as hold the rows that are wanted; with the cursor of what comes after them. */
    private JsonNode answer() {
        JsonNode answer = hub.get(path(), query());
        while (answer instanceof ObjectNode whole
                && whole.path("items") instanceof ArrayNode items
                && items.size() < limit
                && whole.path("next").isTextual()) {
            Map<String, String> query = new LinkedHashMap<>(query());
            query.put("next", whole.path("next").asText());
            JsonNode page = hub.get(path(), query);
            page.path("items").forEach(items::add);
            whole.set("next", page.path("items").isEmpty() ? NullNode.getInstance() : page.path("next"));
        }
        return answer;
    }

    /** Leaves the first rows; the cursor is that of what comes after them. */
    static void cut(ObjectNode list, int most) {
        if (list.path("items") instanceof ArrayNode items && items.size() > most) {
            while (items.size() > most) {
                items.remove(items.size() - 1);
            }
            JsonNode last = items.path(most - 1).path("id"); // by which pages are asked for, where there are any
            list.set("next", last.isIntegralNumber() ? TextNode.valueOf(last.asText()) : NullNode.getInstance());
        }
    }

    static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "-" : node.asText();
    }

    /** A line of its own below a row, for what would not fit beside its columns; none for what the hub does not say. */
    static void note(Table table, JsonNode text) {
        if (text.isTextual()) {
            table.note("  " + text.asText());
        }
    }

    /** The same for each finding about a file, with as much of its place as the hub says. */
    static void findings(Table table, JsonNode findings) {
        for (JsonNode finding : findings) {
            String place = Stream.of("file", "line", "column")
                    .filter(finding::hasNonNull)
                    .map(part -> finding.path(part).asText() + ":")
                    .collect(Collectors.joining());
            String fix = finding.path("fix").asText();
            table.note("  " + place + " " + text(finding.path("reason")) + (fix.isEmpty() ? "" : "; " + fix));
        }
    }

    static String time(JsonNode node) {
        return node.isTextual() ? TIME.format(Instant.parse(node.asText())) : "-";
    }
}
