package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who did what. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "List who did what, newest first.")
final class AuditCommand extends ListCommand {

    @Option(names = "--who", defaultValue = "", description = "Only of this user.")
    private String who = "";

    @Option(names = "--action", defaultValue = "", description = "Only this action, such as flow.pause.")
    private String action = "";

    @Option(names = "--subject", defaultValue = "", description = "Only on this subject, such as a flow's id.")
    private String subject = "";

    @Override
    String path() {
        return "/api/audit";
    }

    @Override
    Map<String, String> query() {
        return Map.of("who", who, "action", action, "subject", subject);
    }

    @Override
    Table table() {
        return new Table("ID", "AT", "WHO", "FROM", "VIA", "ACTION", "SUBJECT", "RESULT");
    }

    @Override
    void row(Table table, JsonNode entry) {
        table.row(
                text(entry.path("id")),
                time(entry.path("at")),
                text(entry.path("who")),
                text(entry.path("origin")),
                text(entry.path("via")),
                text(entry.path("action")),
                text(entry.path("subject")),
                text(entry.path("result")));
        note(table, entry.path("reason"));
    }
}
