package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What machines were asked to run. */
@Command(
        name = "commands",
        mixinStandardHelpOptions = true,
        description = "List what machines were asked to run, newest first.")
final class QueueCommand extends ListCommand {

    @Option(names = "--machine", defaultValue = "", description = "Only of this machine.")
    private String machine = "";

    @Option(
            names = "--status",
            defaultValue = "",
            description = "Only queued, running, done, failed, refused or unknown.")
    private String status = "";

    @Override
    String path() {
        return "/api/commands";
    }

    @Override
    Map<String, String> query() {
        return Map.of("machine", machine, "status", status);
    }

    @Override
    Table table() {
        return new Table("ID", "MACHINE", "COMMAND", "ASKED BY", "STATUS", "EXIT", "ASKED", "ENDED");
    }

    @Override
    void row(Table table, JsonNode command) {
        table.row(
                text(command.path("id")),
                text(command.path("machine")),
                text(command.path("command")),
                text(command.path("requestedBy")),
                text(command.path("status")),
                text(command.path("exitCode")),
                time(command.path("requestedAt")),
                time(command.path("endedAt")));
        note(table, command.path("reason"));
    }
}
