package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/** The machines that share the database. */
@Command(name = "nodes", mixinStandardHelpOptions = true, description = "List the nodes, the live ones first.")
final class NodesCommand extends ListCommand {

    @Override
    String path() {
        return "/api/nodes";
    }

    @Override
    Table table() {
        return new Table("NODE", "STATE", "LABELS", "VERSION", "REVISIONS", "STARTED", "LAST BEAT", "CLOCK");
    }

    @Override
    void row(Table table, JsonNode node) {
        String labels = StreamSupport.stream(node.path("labels").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
        table.row(
                text(node.path("name")),
                text(node.path("state")),
                labels.isEmpty() ? "-" : labels,
                text(node.path("version")),
                text(node.path("revisions")),
                time(node.path("startedAt")),
                time(node.path("beatAt")),
                "%+.1f s".formatted(Math.round(node.path("skewMillis").asLong() / 100.0) / 10.0)); // never -0.0
    }
}
