package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The operator's files on this machine. A file's name begins with {@code routes/} or {@code beans/}, wherever these folders
 * are, so that nodes agree on it.
 */
@Component
final class FlowFolder {
    private static final Logger log = LoggerFactory.getLogger(FlowFolder.class);
    private static final int DEPTH = 3;

    private final Map<String, Path> roots;
    private final boolean follow;

    FlowFolder(FlowSettings settings) {
        this.roots = new TreeMap<>(Map.of("beans/", settings.beans(), "routes/", settings.routes()));
        this.follow = settings.edits().follow();
    }

    /** What tells whether a file has changed, without reading it. */
    record Stamp(long size, long modified, String key) {}

    /**
     * Every file with its stamp; beans first. Editors' hidden and temporary files are none.
     *
     * @throws UncheckedIOException when the folder changes so fast that it cannot be listed
     */
    Map<String, Stamp> look() {
        Map<String, Stamp> found = new TreeMap<>();
        roots.forEach((prefix, root) -> files(root)
                .forEach(path -> stamp(path).ifPresent(stamp -> found.put(prefix + relative(root, path), stamp))));
        return found;
    }

    /** The folders that hold files, to be watched. */
    Set<Path> places() {
        Set<Path> places = new TreeSet<>();
        roots.values().forEach(root -> places.addAll(directories(root, root)));
        return places;
    }

    /** The files that belong to a flow: one, or more when the operator has the same flow in two domains. */
    List<String> namesOf(String key) {
        if (key.startsWith("beans/")) {
            return existing(List.of(key + FlowFile.ENDING));
        }
        if (key.startsWith("_shared/")) {
            return existing(List.of("routes/" + key + FlowFile.ENDING));
        }
        Path root = Objects.requireNonNull(roots.get("routes/"));
        List<String> candidates = directories(root, root).stream()
                .map(domain -> "routes/" + relative(root, domain.resolve(key + FlowFile.ENDING)))
                .filter(name -> new FlowFile(name, "").isFlow())
                .sorted()
                .toList();
        return existing(candidates);
    }

    Optional<FlowFile> read(String name) {
        try {
            return Optional.of(FlowFile.of(name, Files.readAllBytes(path(name))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Who the operating system says owns the file. */
    String owner(String name) {
        try {
            return Files.getOwner(path(name)).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "unknown";
        }
    }

    /**
     * Makes the file what went live elsewhere, in one move.
     *
     * @return false when this folder cannot be written, or is not to be
     */
    boolean write(FlowFile file) {
        return follow
                && attempt(file.name(), path -> {
                    Files.createDirectories(path.getParent());
                    Path draft = path.resolveSibling("." + path.getFileName() + ".new");
                    Files.writeString(draft, file.text());
                    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                });
    }

    /**
     * Removes the file of a flow that was deleted elsewhere.
     *
     * @return false when this folder cannot be written, or is not to be
     */
    boolean delete(String name) {
        return follow && attempt(name, Files::deleteIfExists);
    }

    private boolean attempt(String name, Change change) {
        try {
            change.apply(path(name));
            return true;
        } catch (IOException e) {
            log.warn("{} stays as it is in this folder: {}", name, e.toString());
            return false;
        }
    }

    private List<String> existing(List<String> names) {
        return names.stream().filter(name -> Files.isRegularFile(path(name))).toList();
    }

    private Path path(String name) {
        int slash = name.indexOf('/') + 1;
        Path root = roots.get(name.substring(0, slash));
        if (root == null) {
            throw new IllegalArgumentException(name + " is in neither routes/ nor beans/");
        }
        return root.resolve(name.substring(slash));
    }

    private static List<Path> files(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(
                root,
                DEPTH,
                (path, attributes) -> !isHidden(root, path) && isFlow(path, attributes),
                FileVisitOption.FOLLOW_LINKS)) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }

    /** A folder and those in it, without a look at each flow: that would make one edit as dear as there are flows. */
    private static List<Path> directories(Path root, Path folder) {
        if (!Files.isDirectory(folder) || relative(root, folder).split("/").length >= DEPTH) {
            return List.of();
        }
        List<Path> found = new ArrayList<>(List.of(folder));
        try (Stream<Path> inside = Files.list(folder)) {
            inside.filter(path -> !isHidden(root, path) && !path.toString().endsWith(FlowFile.ENDING))
                    .forEach(path -> found.addAll(directories(root, path)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static boolean isFlow(Path path, BasicFileAttributes attributes) {
        String name = path.getFileName().toString();
        return attributes.isRegularFile() && name.endsWith(FlowFile.ENDING) && !name.endsWith(FlowFile.TESTS);
    }

    private static boolean isHidden(Path root, Path path) {
        return Stream.of(relative(root, path).split("/")).anyMatch(part -> part.startsWith("."));
    }

    private static String relative(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static Optional<Stamp> stamp(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            long modified = attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS);
            return Optional.of(new Stamp(attributes.size(), modified, String.valueOf(attributes.fileKey())));
        } catch (IOException e) { // gone since it was listed
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply(Path path) throws IOException;
    }
}
