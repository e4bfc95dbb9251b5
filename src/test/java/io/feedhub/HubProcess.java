package io.feedhub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The hub as a process of its own, to be killed. */
public final class HubProcess {
    private HubProcess() {}

    public static Process start(Map<String, Object> settings, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.feedhub.FeedHub"));
        command.addAll(List.of(arguments));
        return start(command, settings, output);
    }

    /** The hub as an operator starts it, with the launcher. */
    public static Process launch(Map<String, Object> settings, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./feedhub"));
        command.addAll(List.of(arguments));
        return start(command, settings, output);
    }

    private static Process start(List<String> command, Map<String, Object> settings, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
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
