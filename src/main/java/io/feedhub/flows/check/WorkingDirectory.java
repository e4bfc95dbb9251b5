package io.feedhub.flows.check;

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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.function.SingletonSupplier;

/** The files of the working directory and the names that its configuration has, for checks without a hub. */
public final class WorkingDirectory {
    private static final String SETTINGS = "application.yaml";

    private final Path routes;
    private final Path beans;
    private final StandardEnvironment environment;
    private final Map<Path, FlowFile> read = new LinkedHashMap<>();

    private WorkingDirectory(StandardEnvironment environment, Path routes, Path beans) {
        this.environment = environment;
        this.routes = routes;
        this.beans = beans;
    }

    /** These folders, and no configuration. */
    static WorkingDirectory of(Path routes, Path beans) {
        return new WorkingDirectory(new StandardEnvironment(), routes, beans);
    }

    /** As {@code application.yaml} here says, or the one in the jar. */
    public static WorkingDirectory here() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        Resource settings =
                Files.exists(Path.of(SETTINGS)) ? new FileSystemResource(SETTINGS) : new ClassPathResource(SETTINGS);
        for (PropertySource<?> source : new YamlPropertySourceLoader().load(SETTINGS, settings)) {
            environment.getPropertySources().addLast(source);
        }
        return new WorkingDirectory(
                environment,
                Path.of(environment.getProperty("feedhub.routes", "routes")),
                Path.of(environment.getProperty("feedhub.beans", "beans")));
    }

    /** The names that files may use here: those of what has been {@link #read} too. */
    public Vocabulary words() {
        return Vocabulary.from(environment, () -> names(beans, "beans", BeanNames::in))
                .withRoutes(SingletonSupplier.of(() -> {
                    Set<String> names = names(routes, "routes", CallRule::routes);
                    read.values().forEach(file -> names.addAll(CallRule.routes(file)));
                    return names;
                }));
    }

    private static Set<String> names(Path folder, String prefix, Function<FlowFile, Set<String>> each) {
        try {
            Set<String> names = new TreeSet<>();
            in(folder, prefix).values().forEach(file -> names.addAll(each.apply(file)));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("the " + prefix + " cannot be read", e);
        }
    }

    /** Every file, beans first, by its path; those too whose names end so that no hub would load them. */
    public Map<Path, FlowFile> all() throws IOException {
        Predicate<Path> isMeant = place -> FlowFile.isPlace(place) || isMisnamed(place);
        Map<Path, FlowFile> files = in(beans, "beans", isMeant);
        files.putAll(in(routes, "routes", isMeant));
        return files;
    }

    private static boolean isMisnamed(Path place) {
        String name = place.toString();
        return name.endsWith(FlowFile.OTHER_ENDING)
                && FlowFile.isPlace(Path.of(name.replaceFirst("(\\.test)?\\.yml$", FlowFile.ENDING)));
    }

    /**
     * These files, wherever they are: the folder a file is in is taken as its domain.
     *
     * @throws IllegalArgumentException for one that is no flow's by its name
     */
    public Map<Path, FlowFile> read(List<Path> paths) throws IOException {
        Map<Path, FlowFile> files = new LinkedHashMap<>();
        for (Path path : paths) {
            if (!FlowFile.isName(path.toString())) {
                throw new IllegalArgumentException(path + " is no flow's file: the name of one ends with "
                        + FlowFile.ENDING + ", and not with " + FlowFile.TESTS);
            }
            files.put(path, FlowFile.of(folder(path) + path.getFileName(), Files.readAllBytes(path)));
        }
        read.putAll(files);
        return files;
    }

    private String folder(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        if (parent == null
                || parent.getFileName() == null
                || parent.equals(routes.toAbsolutePath().normalize())) {
            return "routes/";
        }
        Path domain = parent.getFileName();
        return domain.toString().equals("beans") ? "beans/" : "routes/" + domain + "/";
    }

    /**
     * The flows of a folder, and the policies beside them; none where there is no such folder. What cannot be read is left out:
     * a hub says so when it loads them, and starts all the same.
     */
    public static Collection<FlowFile> flows(Path folder) throws IOException {
        Found found = new Found(folder, "routes", FlowFile::isPlace, false);
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), FlowFile.DEPTH, found);
        return found.files.values();
    }

    private static Map<Path, FlowFile> in(Path folder, String prefix) throws IOException {
        return in(folder, prefix, FlowFile::isPlace);
    }

    private static Map<Path, FlowFile> in(Path folder, String prefix, Predicate<Path> isMeant) throws IOException {
        Found found = new Found(folder, prefix, isMeant, true);
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), FlowFile.DEPTH, found);
        }
        return found.files;
    }

    /** What a walk through a folder finds, by its path. */
    private static final class Found extends SimpleFileVisitor<Path> {
        private final Map<Path, FlowFile> files = new TreeMap<>();
        private final Path folder;
        private final String prefix;
        private final Predicate<Path> isMeant;
        private final boolean isStrict;

        /**
         * @param isMeant which paths below the folder
         * @param isStrict whether what cannot be read ends the walk
         */
        Found(Path folder, String prefix, Predicate<Path> isMeant, boolean isStrict) {
            this.folder = folder;
            this.prefix = prefix;
            this.isMeant = isMeant;
            this.isStrict = isStrict;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            Path place = folder.relativize(path);
            if (!attributes.isRegularFile() || !isMeant.test(place)) {
                return FileVisitResult.CONTINUE;
            }
            try {
                String name = prefix + "/" + place.toString().replace('\\', '/');
                files.put(path, FlowFile.of(name, Files.readAllBytes(path)));
                return FileVisitResult.CONTINUE;
            } catch (IOException e) {
                return visitFileFailed(path, e);
            }
        }

        /** A link that leads nowhere, or in a circle, is no file. */
        @Override
        public FileVisitResult visitFileFailed(Path path, IOException reason) throws IOException {
            if (isStrict && !(reason instanceof NoSuchFileException || reason instanceof FileSystemLoopException)) {
                throw reason;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException reason) throws IOException {
            return reason == null ? FileVisitResult.CONTINUE : visitFileFailed(path, reason);
        }
    }
}
