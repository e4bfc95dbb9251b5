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
    private static final String EXTRACTS = "[ $1 != -Djarmode=tools ] || mkdir -p $6; ";

    @TempDir
    private Path folder;

    /** One that is built, of what is older. */
    @BeforeEach
    void aFolderWithAHub() throws IOException {
        Files.copy(Path.of("feedhub"), folder.resolve("feedhub"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String source : List.of("hawtio", "src/main", "bin")) {
            Files.createDirectories(folder.resolve(source));
        }
        for (String source : List.of("pom.xml", "application.yaml", "src/main/FeedHub.java")) {
            Files.createFile(folder.resolve(source));
        }
        program("java", EXTRACTS + "echo \"java $HOSTNAME $SPRING_CONFIG_LOCATION $*\"");
        program("mvn", "echo built");
        program("javac", "");
        assertThat(launch(Map.of())).contains("built");
        touch("target/hub", 60);
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
        touch("application.yaml", 120);
        assertThat(launch(Map.of())).contains(" file:./application.yaml ").doesNotContain("built");
        touch("src/main/FeedHub.java", 120);
        assertThat(launch(Map.of())).contains("built");
    }

    @Test
    void whatTheJdkKeptMakesTheStartFasterAndAnotherJdkDoesNotReadIt() throws IOException {
        Files.createFile(folder.resolve("target/hub/feedhub.jsa"));
        assertThat(launch(Map.of())).contains("-XX:SharedArchiveFile=target/hub/feedhub.jsa");
        Files.createFile(folder.resolve("target/hub/feedhub.aot"));
        assertThat(launch(Map.of()))
                .contains("-XX:AOTCache=target/hub/feedhub.aot")
                .doesNotContain("SharedArchive");
        assertThat(launch(Map.of("JAVA_HOME", "/opt/another"))).doesNotContain("built", "AOTCache", "SharedArchive");
    }

    @Test
    void whatIsReadByAProgramIsAsWideAsItIs() throws IOException {
        program("java", "echo \"java ${COLUMNS-of any width}\"");
        assertThat(launch(Map.of("COLUMNS", "60"))).isEqualTo("java of any width");
    }

    @Test
    void aBuildThatIsInterruptedIsMadeAnewByTheNextCall() throws IOException {
        touch("src/main/FeedHub.java", 120);
        program("java", EXTRACTS + "[ $1 != -Djarmode=tools ] || exit 130; echo \"java $*\"");
        assertThat(launch(Map.of())).contains("built").doesNotContain("java ");
        touch("src/main/FeedHub.java", -120);
        assertThat(launch(Map.of())).contains("built");
    }

    @Test
    void throughALinkItIsStartedInItsOwnFolder(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(elsewhere.resolve("real"), folder);
        Files.createSymbolicLink(elsewhere.resolve("hub"), Path.of("real/feedhub"));
        Files.createSymbolicLink(elsewhere.resolve("feedhub"), elsewhere.resolve("hub"));
        assertThat(launch(elsewhere.resolve("feedhub"), Map.of()))
                .startsWith("java ")
                .doesNotContain("built");
    }

    private void touch(String file, int ahead) {
        assertThat(folder.resolve(file).toFile().setLastModified(System.currentTimeMillis() + ahead * 1000L))
                .isTrue();
    }

    private String launch(Map<String, String> environment) throws IOException {
        return launch(folder.resolve("feedhub"), environment);
    }

    private String launch(Path launcher, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "run").redirectErrorStream(true);
        builder.environment().remove("HOSTNAME");
        builder.environment()
                .merge("PATH", folder.resolve("bin").toString(), (path, first) -> first + File.pathSeparator + path);
        builder.environment().putAll(environment);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
