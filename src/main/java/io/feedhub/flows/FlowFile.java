package io.feedhub.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One YAML file of an operator's folder.
 *
 * @param name the path as the operator knows it, with slashes, such as routes/intelligence/x_repost_watcher.yaml
 * @param text what it holds
 */
record FlowFile(String name, String text) {
    private static final String ENDING = ".yaml";

    /** What lies beside a flow and says how it must behave. */
    private static final String TESTS = ".test.yaml";

    /** Every YAML file below a folder, in the order of their names; files of {@code _shared} first. */
    static List<FlowFile> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> isFlow(file))
                    .sorted()
                    .map(file -> read(folder, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static boolean isFlow(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) && !name.endsWith(TESTS) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static FlowFile read(Path folder, Path file) {
        String name =
                folder.getFileName() + "/" + folder.relativize(file).toString().replace('\\', '/');
        try {
            return new FlowFile(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The id that the file's route must have. */
    String id() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.substring(0, last.length() - ENDING.length());
    }

    /** The folder it is in. */
    String domain() {
        String[] parts = name.split("/");
        return parts.length < 3 ? "" : parts[parts.length - 2];
    }

    /** Whether it holds policy for all flows instead of a flow. */
    boolean isShared() {
        return domain().equals("_shared");
    }
}
