package io.feedhub.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Diagnostic;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.WorkingDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is wrong with files, without a hub. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Check files, or all of routes/ and beans/; needs no hub. Ends with 1 when there are findings.")
final class CheckCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "FILE")
    private List<Path> chosen = List.of();

    @Option(names = "--json", description = "Print JSON, for editors and CI.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        WorkingDirectory workingDirectory = WorkingDirectory.here();
        Map<Path, FlowFile> files = chosen.isEmpty() ? workingDirectory.all() : new LinkedHashMap<>();
        chosen.forEach(path -> files.putAll(NamedFile.read(path, () -> workingDirectory.read(List.of(path)))));
        Checker checker = new Checker(workingDirectory.words());
        Map<Path, List<Finding>> findings = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        files.forEach((path, file) -> {
            List<Finding> found = new ArrayList<>(checker.check(file));
            String owner = owners.putIfAbsent(file.key(), file.name());
            if (owner != null) {
                found.add(Checker.taken(file, owner));
            }
            findings.put(path, found);
        });
        print(files, findings);
        return findings.values().stream().allMatch(List::isEmpty) ? 0 : 1;
    }

    private void print(Map<Path, FlowFile> files, Map<Path, List<Finding>> findings) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> all = findings.entrySet().stream()
                .flatMap(file -> file.getValue().stream().map(finding -> in(file.getKey(), finding)))
                .toList();
        if (json) {
            out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("findings", all)));
            return;
        }
        findings.forEach((path, found) ->
                found.forEach(finding -> out.println(Diagnostic.of(finding, path.toString(), text(files, path)))));
        out.println(Table.count(files.size(), "file") + ", "
                + (all.isEmpty() ? "nothing to say" : Table.count(all.size(), "finding")));
    }

    /** The same of the file that was named, which an editor opens; as a flow's it has another name. */
    private static Finding in(Path path, Finding finding) {
        return new Finding(path.toString(), finding.line(), finding.column(), finding.reason(), finding.fix());
    }

    private static String text(Map<Path, FlowFile> files, Path path) {
        FlowFile file = files.get(path);
        return file == null ? "" : file.text();
    }
}
