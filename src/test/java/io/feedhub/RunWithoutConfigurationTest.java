package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWithoutConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void endsWithTheListOfWhatIsMissing() throws Exception {
        Path output = folder.resolve("output");
        Process hub = HubProcess.start(Map.of(), output, "run");
        assertThat(hub.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(hub.exitValue()).isEqualTo(2);
        assertThat(Files.readString(output))
                .contains("feedhub.database.url: missing (FEEDHUB_DATABASE_URL)")
                .contains("feedhub.services.numu.url: missing")
                .contains("feedhub.discord.channels.firstdate.url: missing")
                .contains("feedhub.users: missing")
                .doesNotContain("Exception");
    }

    /** With the file alone, as the image and the launcher have it. */
    @Test
    void whatTheFileNoLongerNamesIsGoneThoughTheJarHasItStill() throws Exception {
        String file = Files.readString(Path.of("application.yaml"));
        assertThat(file).contains("      firstdate: { url: }\n");
        Files.writeString(folder.resolve("application.yaml"), file.replace("      firstdate: { url: }\n", ""));
        Matcher location =
                Pattern.compile("SPRING_CONFIG_LOCATION=(\\S+)").matcher(Files.readString(Path.of("Dockerfile")));
        assertThat(location.find()).isTrue();
        Path output = folder.resolve("output");
        Process hub = HubProcess.startIn(folder, Map.of("spring.config.location", location.group(1)), output, "run");
        assertThat(hub.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output))
                .contains("feedhub.discord.channels.infra.url: missing")
                .doesNotContain("firstdate");
    }

    @Test
    void aMisspeltKeyIsNamedWithItsPlaceAndTheNearestRightOne() throws Exception {
        Path settings = folder.resolve("more.yaml");
        Files.writeString(settings, "feedhub:\n  databse:\n    url: x\n");
        Path output = folder.resolve("output");
        Process hub = HubProcess.start(Map.of("spring.config.additional-location", settings.toUri()), output, "run");
        assertThat(hub.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(hub.exitValue()).isEqualTo(2);
        assertThat(Files.readString(output))
                .contains("feedhub.databse.url: unknown")
                .contains("more.yaml")
                .contains("3:10")
                .contains("did you mean feedhub.database.url?");
    }
}
