package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One of the operator's two folders, wherever it is on this machine.
 *
 * @param prefix what the names of its files begin with, {@code routes/} or {@code beans/}
 * @param folder where it is
 */
record Root(String prefix, Path folder) {
    /**
     * Where the file with this name is.
     *
     * @throws IllegalArgumentException when that is not in the folder
     */
    Path path(String name) {
        Path path = folder.resolve(name.substring(prefix.length()));
        if (!path.toAbsolutePath()
                .normalize()
                .startsWith(folder.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(name + " leaves the folder");
        }
        return path;
    }

    String name(Path path) {
        return prefix + relative(path);
    }

    /** The name of a flow's file, also when it is gone; empty for what an editor or an author has beside it. */
    Optional<String> flowName(Path path) {
        return path.startsWith(folder) && FlowFile.isPlace(folder.relativize(path))
                ? Optional.of(name(path))
                : Optional.empty();
    }

    /**
     * Every flow's file with its stamp.
     *
     * @throws UncheckedIOException when a folder in it cannot be read: that says nothing about its files
     */
    Map<String, Stamp> look() {
        Map<String, Stamp> found = new TreeMap<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), FlowFile.DEPTH, new Look(found));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Whether no flow's file is there, or the folder itself is not. */
    boolean isEmpty() {
        return places().stream().noneMatch(this::holdsAFlow);
    }

    private boolean holdsAFlow(Path place) {
        try (Stream<Path> inside = Files.list(place)) {
            return inside.anyMatch(path -> flowName(path).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    /** Itself and the folders in it, without a look at each flow: that would make one edit as dear as there are flows. */
    List<Path> places() {
        return places(folder);
    }

    private List<Path> places(Path place) {
        if (!Files.isDirectory(place) || relative(place).split("/").length >= FlowFile.DEPTH) {
            return List.of();
        }
        List<Path> found = new ArrayList<>(List.of(place));
        try (Stream<Path> inside = Files.list(place)) {
            inside.filter(path -> !isHidden(path) && !path.toString().endsWith(FlowFile.ENDING))
                    .forEach(path -> found.addAll(places(path)));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    private boolean isHidden(Path path) {
        return Stream.of(relative(path).split("/")).anyMatch(part -> part.startsWith("."));
    }

    private String relative(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private final class Look extends SimpleFileVisitor<Path> {
        private final Map<String, Stamp> found;

        Look(Map<String, Stamp> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
            return isHidden(place) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                flowName(path).ifPresent(name -> found.put(name, Stamp.of(attributes)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof NoSuchFileException || e instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
