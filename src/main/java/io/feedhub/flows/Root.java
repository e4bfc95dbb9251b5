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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the operator's two folders, wherever it is on this machine. A folder in it that cannot be listed keeps none of the
 * others from being so; nobody knows what is in it. Thread-safe.
 */
final class Root {
    private static final Logger log = LoggerFactory.getLogger(Root.class);

    private final String prefix;
    private final Path folder;

    /** What could not be listed, or looked at, when it was last tried. */
    private final Set<Path> hidden = ConcurrentHashMap.newKeySet();

    /**
     * @param prefix what the names of its files begin with, {@code routes/} or {@code beans/}
     * @param folder where it is
     */
    Root(String prefix, Path folder) {
        this.prefix = prefix;
        this.folder = folder;
    }

    String prefix() {
        return prefix;
    }

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

    /** The stamp of every flow's file that can be seen; of one that cannot, {@link #hides} knows. */
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
        return inside(place).orElse(List.of()).stream()
                .anyMatch(path -> flowName(path).isPresent());
    }

    /** Whether nobody knows if a file that was not found is there: it is, or a folder on the way to it cannot be listed. */
    boolean hides(String name) {
        Path place = folder;
        for (Path part : folder.relativize(path(name))) {
            if (Files.notExists(place)) {
                return false;
            }
            if (hidden.contains(place) || !Files.isReadable(place) || !Files.isExecutable(place)) {
                return true;
            }
            place = place.resolve(part);
        }
        return !Files.notExists(place);
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
        inside(place).orElse(List.of()).stream()
                .filter(path -> !isHidden(path) && !path.toString().endsWith(FlowFile.ENDING))
                .forEach(path -> found.addAll(places(path)));
        return found;
    }

    /** What is in a folder; empty when it cannot be listed. */
    private Optional<List<Path>> inside(Path place) {
        try (Stream<Path> inside = Files.list(place)) {
            List<Path> found = inside.toList();
            hidden.remove(place);
            return Optional.of(found);
        } catch (IOException | UncheckedIOException e) {
            hide(place, e);
            return Optional.empty();
        }
    }

    private void hide(Path place, Exception e) {
        if (hidden.add(place)) {
            log.warn(
                    "{} cannot be looked at, so what it holds counts as neither gone nor new: {}", place, e.toString());
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
            hidden.remove(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) {
            if (!(e instanceof NoSuchFileException || e instanceof FileSystemLoopException)) {
                hide(path, e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path place, @Nullable IOException e) {
            if (e == null) {
                hidden.remove(place);
            } else {
                hide(place, e);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
