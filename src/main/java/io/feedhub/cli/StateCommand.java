package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a flow remembers, and how to mend it. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = "Show what a flow remembers, the versions of a variable, or mend one.")
final class StateCommand implements Runnable {
    @Mixin
    private final HubClient hub = new HubClient();

    @Parameters(index = "0", paramLabel = "FLOW")
    private String flow = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Show this variable's versions.")
    private @Nullable String name;

    @ArgGroup(exclusive = true)
    private @Nullable Mend mend;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    static final class Mend {
        @Option(names = "--restore", paramLabel = "N", description = "Write version N of NAME again.")
        private @Nullable Long version;

        @Option(names = "--forget", paramLabel = "KEY", description = "Forget a seen key: its item comes again.")
        private @Nullable String key;

        @Option(names = "--forget-older", paramLabel = "DAYS", description = "Forget keys seen more than DAYS ago.")
        private @Nullable Integer days;
    }

    @Override
    public void run() {
        if (mend != null) {
            mend(mend);
        } else if (name == null) {
            show(hub.get(path("/state"), Map.of()));
        } else {
            versions(hub.get(path("/state/" + ApiPath.part(name)), Map.of()));
        }
    }

    private void mend(Mend wanted) {
        if (wanted.version == null) {
            Map<String, String> what = wanted.key != null
                    ? Map.of("key", wanted.key)
                    : Map.of("olderThanDays", String.valueOf(wanted.days));
            JsonNode answer = hub.post(ApiPath.with(what, path("/seen/forget")));
            done(answer, Table.count(answer.path("forgotten").asLong(), "seen key") + " of " + flow + " forgotten");
            return;
        }
        if (name == null) {
            throw new ParameterException(
                    spec.commandLine(), "--restore needs the variable: state FLOW NAME --restore N");
        }
        JsonNode answer = hub.post(path("/state/" + ApiPath.part(name) + "/restore?to=" + wanted.version));
        done(answer, flow + "." + name + " holds again what it held in version " + wanted.version);
    }

    private void done(JsonNode answer, String words) {
        say(json ? answer.toPrettyString() : words);
    }

    private void show(JsonNode memory) {
        if (json) {
            say(memory.toPrettyString());
            return;
        }
        table(memory.path("items"));
        say(Table.count(memory.path("seen").asLong(), "seen key"));
        memory.path("batches")
                .forEach(batch -> say(batch.path("items").asText() + " items wait in "
                        + batch.path("repository").asText() + ", "
                        + batch.path("key").asText()));
    }

    private void versions(JsonNode versions) {
        if (json) {
            say(versions.toPrettyString());
        } else {
            table(versions.path("items"));
        }
    }

    private void table(JsonNode variables) {
        Table table = new Table("NAME", "VERSION", "WRITTEN", "BY", "RUN", "VALUE");
        variables.forEach(variable -> table.row(
                ListCommand.text(variable.path("name")),
                ListCommand.text(variable.path("version")),
                ListCommand.time(variable.path("updatedAt")),
                ListCommand.text(variable.path("origin")),
                ListCommand.text(variable.path("run")),
                variable.path("value").toString()));
        table.print(spec.commandLine().getOut());
    }

    private String path(String rest) {
        return "/api/flows/" + ApiPath.part(flow) + rest;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
