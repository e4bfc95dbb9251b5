package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher hands on, with a {@code java} that only says what it was given. */
class LauncherTest {
    @TempDir
    private Path folder;

    /** One that is built: what it was built of is older. */
    @BeforeEach
    void aFolderWithAHub() throws IOException {
        Files.copy(Path.of("feedhub"), folder.resolve("feedhub"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String source : List.of("hawtio", "src/main", "bin")) {
            Files.createDirectories(folder.resolve(source));
        }
        for (String source : List.of("pom.xml", "application.yaml", "src/main/FeedHub.java")) {
            Files.createFile(folder.resolve(source));
        }
        program("java", "echo \"java $HOSTNAME $SPRING_CONFIG_LOCATION\"");
        program("mvn", "echo built");
        program("javac", "");
        assertThat(Files.createDirectories(folder.resolve("target/hub"))
                        .toFile()
                        .setLastModified(System.currentTimeMillis() + 60_000))
                .isTrue();
    }

    private void program(String name, String does) throws IOException {
        Path program = Files.writeString(folder.resolve("bin").resolve(name), "#!/bin/sh\n" + does + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aNodeIsCalledAsItsMachineUnlessTheEnvironmentSaysOtherwise() throws IOException {
        assertThat(launch(Map.of())).matches("java [^. ]+ .*");
        assertThat(launch(Map.of("HOSTNAME", "studio.example.org"))).startsWith("java studio.example.org ");
    }

    @Test
    void anEditOfTheConfigurationIsReadWithoutABuild() throws IOException {
        touch("application.yaml");
        assertThat(launch(Map.of())).endsWith(" file:./application.yaml").doesNotContain("built");
        touch("src/main/FeedHub.java");
        assertThat(launch(Map.of())).contains("built");
    }

    private void touch(String file) {
        assertThat(folder.resolve(file).toFile().setLastModified(System.currentTimeMillis() + 120_000))
                .isTrue();
    }

    private String launch(Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("feedhub").toString(), "run").redirectErrorStream(true);
        builder.environment().remove("HOSTNAME");
        builder.environment()
                .merge("PATH", folder.resolve("bin").toString(), (path, first) -> first + File.pathSeparator + path);
        builder.environment().putAll(environment);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
