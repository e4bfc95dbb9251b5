package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What left. */
@Command(name = "deliveries", mixinStandardHelpOptions = true, description = "List outgoing messages, newest first.")
final class DeliveriesCommand extends ListCommand {

    @Option(
            names = "--state",
            defaultValue = "",
            description = "Only queued, sending, delivered, parked, unknown or given-up.")
    private String state = "";

    @Option(names = "--channel", defaultValue = "", description = "Only of this channel.")
    private String channel = "";

    @Override
    String path() {
        return "/api/deliveries";
    }

    @Override
    Map<String, String> query() {
        return Map.of("state", state, "channel", channel);
    }

    @Override
    Table table() {
        return new Table("ID", "CHANNEL", "FLOW", "RUN", "STATE", "TRIES", "WRITTEN", "TITLE");
    }

    @Override
    void row(Table table, JsonNode delivery) {
        table.row(
                text(delivery.path("id")),
                text(delivery.path("channel")),
                text(delivery.path("flow")),
                text(delivery.path("run")),
                text(delivery.path("state")),
                text(delivery.path("attempts")),
                time(delivery.path("createdAt")),
                text(delivery.path("title")));
        note(table, delivery.path("error"));
    }
}
