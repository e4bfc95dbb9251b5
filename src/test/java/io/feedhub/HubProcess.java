package io.feedhub;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hub as a process of its own, to be killed. */
public final class HubProcess {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private HubProcess() {}

    public static Process start(Map<String, Object> settings, Path output, String... arguments) throws IOException {
        return start(java(arguments), settings, output, HERE);
    }

    /** The same in a folder of its own. */
    public static Process startIn(Path folder, Map<String, Object> settings, Path output, String... arguments)
            throws IOException {
        return start(java(arguments), settings, output, folder);
    }

    /** The hub as an operator starts it, with the launcher. */
    public static Process launch(Map<String, Object> settings, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./feedhub"));
        command.addAll(List.of(arguments));
        return start(command, settings, output, HERE);
    }

    private static List<String> java(String... arguments) {
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", // with one collector's thread, as in production: tests run side by side
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                "io.feedhub.FeedHub"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(List<String> command, Map<String, Object> settings, Path output, Path folder)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        settings.forEach((key, value) -> builder.environment().put(variable(key), value.toString()));
        return builder.start();
    }

    private static String variable(String key) {
        return key.replace("[", "_")
                .replace("]", "")
                .replace('.', '_')
                .replace("-", "")
                .toUpperCase(Locale.ROOT);
    }
}
