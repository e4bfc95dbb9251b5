package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedhub.state.imports.Entry;
import io.feedhub.state.imports.OldState;
import io.feedhub.state.imports.Plan;
import io.feedhub.state.imports.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the old hub's state files over. */
@Command(
        name = "import-state",
        mixinStandardHelpOptions = true,
        description = "Merge the old hub's state files and their sync conflicts; --apply writes the result.")
final class ImportStateCommand implements Callable<Integer> {
    private static final int FINDINGS = 1;

    @Mixin
    private final HubClient hub = new HubClient();

    @Parameters(paramLabel = "DIR", description = "Where the .*.json files are, in any depth.")
    private Path folder = Path.of(".");

    @Option(names = "--rules", paramLabel = "FILE", description = "What the files do not say themselves, in YAML.")
    private @Nullable Path rules;

    @Option(names = "--apply", description = "Write it. Without this nothing is written.")
    private boolean apply;

    @Option(names = "--sources", description = "Also list which file each key came from.")
    private boolean sources;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), folder + " is no folder");
        }
        Plan plan = OldState.read(folder, rules(), new Progress("files"));
        if (plan.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no state files (.*.json) below " + folder + "; name the old hub's folder");
        }
        boolean isClear = plan.questions().isEmpty();
        if (json) {
            ObjectNode whole = new ObjectMapper().valueToTree(plan);
            if (isClear && apply) {
                whole.set("outcomes", imported(plan).path("items"));
            }
            out().println(whole.toPrettyString());
        } else {
            print(plan);
            if (isClear && apply) {
                report(imported(plan));
            } else if (isClear) {
                out().println("nothing is written; --apply writes it");
            }
        }
        return isClear && plan.skipped().isEmpty() ? 0 : FINDINGS;
    }

    private Rules rules() {
        Path file = rules;
        return file == null ? Rules.NONE : NamedFile.read(file, () -> Rules.read(file));
    }

    private JsonNode imported(Plan plan) {
        return hub.post("/api/state/import", plan.entries());
    }

    private void print(Plan plan) {
        Table table = new Table("FILE", "COPIES", "KIND", "KEYS", "CONFLICTS", "BECOMES");
        for (Entry entry : plan.entries()) {
            table.row(
                    entry.file(),
                    Integer.toString(entry.copies()),
                    entry.kind(),
                    Integer.toString(entry.sources().size()),
                    Integer.toString(entry.conflicts()),
                    entry.name().equals("seen")
                            ? entry.flow() + ", seen"
                            : "state:" + entry.flow() + "." + entry.name());
            if (entry.copies() > 1) {
                table.note("  from " + from(entry));
            }
            if (sources) {
                entry.sources()
                        .forEach((key, file) -> table.note("  " + (key.isEmpty() ? "value" : key) + " < " + file));
            }
        }
        plan.skipped().forEach(file -> table.note("skipped " + file.file() + ": " + file.reason()));
        plan.questions()
                .forEach(question -> table.note("unclear " + question.file() + " " + question.key() + ": "
                        + question.reason() + "; a rule must say " + question.rule()));
        table.print(out());
    }

    private static String from(Entry entry) {
        TreeSet<String> files = new TreeSet<>(entry.sources().values());
        return files.size() == 1 ? files.first() : files.size() + " files";
    }

    private void report(JsonNode outcomes) {
        Table table = new Table("FLOW", "NAME", "WRITTEN", "UNCHANGED", "NOTE");
        outcomes.path("items")
                .forEach(outcome -> table.row(
                        ListCommand.text(outcome.path("flow")),
                        ListCommand.text(outcome.path("name")),
                        ListCommand.text(outcome.path("written")),
                        ListCommand.text(outcome.path("unchanged")),
                        ListCommand.text(outcome.path("note"))));
        table.print(out());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
