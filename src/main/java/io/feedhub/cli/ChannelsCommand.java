package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** What waits for each channel. */
@Command(name = "channels", mixinStandardHelpOptions = true, description = "List channels and what waits for them.")
final class ChannelsCommand extends ListCommand {

    @Override
    String path() {
        return "/api/channels";
    }

    @Override
    Table table() {
        return new Table("CHANNEL", "WAITING", "PARKED", "REASON");
    }

    @Override
    void row(Table table, JsonNode queue) {
        table.row(
                text(queue.path("channel")),
                text(queue.path("waiting")),
                time(queue.path("parkedAt")),
                text(queue.path("reason")));
    }
}
