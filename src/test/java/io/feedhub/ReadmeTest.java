package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows, done. */
class ReadmeTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IMAGE = Pattern.compile("!\\[.*?]\\((.*?)\\)");
    private static final Pattern LINK = Pattern.compile("]\\((docs/[^)#]*)\\)");

    private final String readme = Files.readString(Path.of("README.md"));

    @TempDir
    private Path routes;

    ReadmeTest() throws IOException {}

    @Test
    void theFirstFlowRunsAsItIsPrinted() throws IOException {
        Matcher flow = YAML.matcher(readme);
        assertThat(flow.find()).isTrue();
        Files.createDirectories(routes.resolve("operations"));
        Files.writeString(routes.resolve("operations/good_morning.yaml"), flow.group(1));
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            assertThat(hub.run("good_morning")).isEqualTo("done");
            hub.awaitDeliveries();
            assertThat(hub.standIns().discord().messages("ops")).singleElement().satisfies(message -> assertThat(
                            message.at("/embeds/0/title").asText())
                    .isEqualTo("Good morning"));
        }
    }

    @Test
    void itsPicturesAndPagesExist() {
        assertThat(IMAGE.matcher(readme).results().map(image -> Path.of(image.group(1))))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image).exists());
        assertThat(LINK.matcher(readme).results().map(link -> Path.of(link.group(1))))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(page).exists());
    }
}
