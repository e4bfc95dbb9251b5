package io.feedhub.state.imports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The old hub's state below a folder: dot files with JSON, and the copies that Syncthing made of them. */
public final class OldState {

    private OldState() {}

    /**
     * Reads and merges; writes nothing.
     *
     * @param progress is told how many files are read, and of how many
     * @throws IOException when the folder cannot be listed
     */
    public static Plan read(Path folder, Rules rules, BiConsumer<Integer, Integer> progress) throws IOException {
        Map<String, List<OldFile>> families = new TreeMap<>();
        List<Skipped> skipped = new ArrayList<>();
        List<Path> files = OldFile.below(folder);
        int read = 0;
        for (Path file : files) {
            progress.accept(++read, files.size());
            try {
                OldFile copy = OldFile.read(folder, file);
                families.computeIfAbsent(copy.family(), family -> new ArrayList<>())
                        .add(copy);
            } catch (OldFile.Broken e) {
                skipped.add(e.skipped());
            }
        }
        List<Entry> entries = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        families.forEach((name, copies) -> {
            Family family = new Family(name, copies, rules);
            entries.addAll(family.entries());
            questions.addAll(family.questions());
        });
        questions.addAll(clashes(entries));
        return new Plan(entries, skipped, questions);
    }

    /** Values that would become one variable: the last would win, and the same import again would turn it back and forth. */
    private static List<Question> clashes(List<Entry> entries) {
        Map<String, Entry> first = new TreeMap<>();
        List<Question> clashes = new ArrayList<>();
        entries.stream().filter(entry -> !entry.isSeen()).forEach(entry -> {
            String variable = "state:" + entry.flow() + "." + entry.name();
            Entry other = first.putIfAbsent(variable, entry);
            if (other != null) {
                clashes.add(new Question(
                        entry.file(),
                        entry.name(),
                        "it becomes " + variable + ", as that of " + other.file() + " does",
                        "for one of them kind: ignore or as: <name>; of two files with one name, leave one out"));
            }
        });
        return clashes;
    }
}
