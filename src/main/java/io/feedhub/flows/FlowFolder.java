package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The operator's files on this machine. A file's name begins with {@code routes/} or {@code beans/}, wherever these folders
 * are, so that nodes agree on it.
 */
@Component
final class FlowFolder {
    private static final String BEANS = "beans/";
    private static final String ROUTES = "routes/";

    /** What the names of files begin with: one for each folder. */
    static final List<String> PREFIXES = List.of(BEANS, ROUTES);

    /** More bytes than a file has that is not {@link io.feedhub.flows.check.Checker#tooLarge}: 100,000 letters of up to 4. */
    private static final int TOO_LARGE = 400_001;

    private static final Logger log = LoggerFactory.getLogger(FlowFolder.class);

    private final Root routes;
    private final List<Root> roots;
    private final boolean follow;

    FlowFolder(FlowSettings settings) {
        this.routes = new Root(ROUTES, settings.routes());
        this.roots = List.of(new Root(BEANS, settings.beans()), routes);
        this.follow = settings.edits().follow();
    }

    /** What tells whether a file has changed, without reading it. */
    record Stamp(long size, long modified, String key) {

        static Stamp of(BasicFileAttributes attributes) {
            long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            return new Stamp(attributes.size(), modified, String.valueOf(attributes.fileKey()));
        }
    }

    /** Every file that can be seen with its stamp; beans first. Editors' hidden and temporary files are none. */
    Map<String, Stamp> look() {
        Map<String, Stamp> found = new TreeMap<>();
        roots.forEach(root -> found.putAll(root.look()));
        return found;
    }

    /** One file's stamp; empty when it is not there. */
    Optional<Stamp> look(String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(name), BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(Stamp.of(attributes)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The folders that hold files, to be watched. */
    List<Path> places() {
        return roots.stream().flatMap(root -> root.places().stream()).toList();
    }

    /** The name of the flow's file at a path; empty when what is there is none. */
    Optional<String> nameOf(Path path) {
        return roots.stream().flatMap(root -> root.flowName(path).stream()).findFirst();
    }

    /** The files that belong to a flow: one, or more when the operator has the same flow in two domains. */
    List<String> namesOf(String key) {
        if (key.startsWith("beans/")) {
            return existing(List.of(key + FlowFile.ENDING));
        }
        if (key.startsWith("_shared/")) {
            return existing(List.of(ROUTES + key + FlowFile.ENDING));
        }
        return existing(routes.places().stream()
                .map(domain -> routes.name(domain.resolve(key + FlowFile.ENDING)))
                .filter(name -> new FlowFile(name, "").isFlow())
                .sorted()
                .toList());
    }

    /** The flows, beans and policy that files of these names belong to. */
    static Set<String> keys(Set<String> names) {
        return names.stream().map(name -> new FlowFile(name, "").key()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether there is no file at all where a flow's file is, or should be. */
    boolean isEmpty(String key) {
        return root(prefix(key)).isEmpty();
    }

    /** Whether nobody knows if a file that was not found is there, for a folder on the way to it cannot be listed. */
    boolean hides(String name) {
        return root(name).hides(name);
    }

    /** What the name of a flow's file begins with. */
    static String prefix(String key) {
        return key.startsWith(BEANS) ? BEANS : ROUTES;
    }

    /** A file, or as much of it as shows that it is too large: it may be larger than memory. */
    Optional<FlowFile> read(String name) {
        try (InputStream file = Files.newInputStream(path(name))) {
            return Optional.of(FlowFile.of(name, file.readNBytes(TOO_LARGE)));
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
                && attempt(file.name(), named -> {
                    Files.createDirectories(named.getParent());
                    Path path = Files.exists(named) ? named.toRealPath() : named; // a link stays one
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
        return root(name).path(name);
    }

    private Root root(String name) {
        return roots.stream()
                .filter(root -> name.startsWith(root.prefix()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is in neither routes/ nor beans/"));
    }

    @FunctionalInterface
    private interface Change {
        void apply(Path path) throws IOException;
    }
}
