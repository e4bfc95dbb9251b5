package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that is one call of the hub, and says what came of it: in words, or as JSON as the API has it. */
abstract class CallCommand implements Runnable {
    @Mixin
    private final HubClient hub = new HubClient();

    @Option(names = "--json", description = "Print the hub's answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    abstract JsonNode call(HubClient to);

    abstract String words(JsonNode answer);

    @Override
    public final void run() {
        JsonNode answer = call(hub);
        spec.commandLine().getOut().println(json ? answer.toPrettyString() : Table.text(words(answer)));
    }
}
