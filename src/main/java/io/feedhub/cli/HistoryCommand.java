package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a flow was. */
@Command(name = "history", mixinStandardHelpOptions = true, description = "List a flow's revisions, newest first.")
final class HistoryCommand extends ListCommand {

    @Parameters(paramLabel = "FLOW", description = "A flow, or beans/NAME or _shared/NAME.")
    private String flow = "";

    @Override
    String path() {
        return ApiPath.of(flow) + "/revisions";
    }

    @Override
    Table table() {
        return new Table("REVISION", "STATE", "AT", "AUTHOR", "ORIGIN", "NODE", "FROM");
    }

    @Override
    void row(Table table, JsonNode revision) {
        table.row(
                text(revision.path("number")),
                text(revision.path("state")),
                time(revision.path("at")),
                text(revision.path("author")),
                text(revision.path("origin")),
                text(revision.path("node")),
                text(revision.path("base")));
        findings(table, revision.path("findings"));
    }
}
