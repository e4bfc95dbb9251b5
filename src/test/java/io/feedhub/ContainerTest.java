package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile's entry point starts, with a {@code java} that only says its arguments; and compose.yaml. */
class ContainerTest {
    private static final String HUB = "-XX:+UseSerialGC org.springframework.boot.loader.launch.JarLauncher";

    @TempDir
    private Path bin;

    @BeforeEach
    void aJavaThatSaysItsArguments() throws IOException {
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void theHubHas512MbUnlessFeedhubHeapSaysOtherwise() throws IOException {
        assertThat(start(Map.of(), "run")).isEqualTo("-Xmx512m " + HUB + " run");
        assertThat(start(Map.of("FEEDHUB_HEAP", "1g"), "run")).isEqualTo("-Xmx1g " + HUB + " run");
    }

    @Test
    void anotherCommandIsHandedOn() throws IOException {
        assertThat(start(Map.of(), "check", "routes/a b.yaml")).endsWith(HUB + " check routes/a b.yaml");
    }

    @Test
    void everyServiceOfComposeIsStartedAgainWhenItEnds() throws IOException {
        assertThat(services()).isNotEmpty().allSatisfy(service -> assertThat(
                        service.path("restart").asText())
                .isEqualTo("unless-stopped"));
    }

    /** The runs are waited for and recorded, then the message under way, and Camel may take as long as the runs. */
    @Test
    void composeWaitsForTheRunsAndTheMessageUnderWay() throws IOException {
        Matcher drain = Pattern.compile("\n    shutdown-timeout: (\\d+)\n")
                .matcher(Files.readString(Path.of("application.yaml")));
        assertThat(drain.find()).isTrue();
        int runs = Integer.parseInt(drain.group(1)) + 5;
        int message = 30;
        String grace = services().path("hub").path("stop_grace_period").asText();
        assertThat(grace).matches("\\d+s");
        assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(runs + message + runs);
    }

    @Test
    void theNamesOfTheHubCanBeSetUnderComposeAndPrometheusKnowsItByTheDefault() throws IOException {
        assertThat(services().at("/hub/environment/FEEDHUB_HOSTS").asText()).isEqualTo("${FEEDHUB_HOSTS:-hub}");
        assertThat(Files.readString(Path.of("monitoring/prometheus.yaml"))).contains("[\"hub:8080\"]");
    }

    @Test
    void whatTheServicesOfComposeKeepIsInVolumesWithNames() throws IOException {
        JsonNode services = services();
        for (String service : List.of("database", "prometheus", "grafana")) {
            assertThat(services.path(service).path("volumes")).as(service).anyMatch(volume -> volume.asText()
                    .startsWith(service + ":/"));
        }
    }

    private static JsonNode services() throws IOException {
        return new YAMLMapper().readTree(Path.of("compose.yaml").toFile()).path("services");
    }

    private String start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(entryPoint());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("FEEDHUB_HEAP");
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + File.pathSeparator + path);
        builder.environment().putAll(environment);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static List<String> entryPoint() throws IOException {
        String line = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(each -> each.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        return new ObjectMapper().readValue(line.substring("ENTRYPOINT ".length()), new TypeReference<>() {});
    }
}
