package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guide to the connectors agrees with the catalogue, and what it shows can be saved. */
class ConnectorsGuideTest {
    private static final Path CATALOGUE = Path.of("src/main/resources/kamelets");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([a-z-]+-(?:action|sink))$(.*?)(?=^## |\\z)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+) \\|(.*?)\\|");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final String AROUND =
            """
            - route:
                id: my_flow
                nodePrefixId: my_flow-
                group: operations
                description: An example
                note: |-
                  when   by hand
                  reads  what it shows
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  as the guide says
                from:
                  uri: direct:my_flow
                  steps:
            """;

    private static String guide = "";

    @BeforeAll
    static void read() throws IOException {
        guide = Files.readString(Path.of("docs/connectors.md"));
    }

    @Test
    void everyConnectorIsThereWithItsParametersAndDefaults() throws IOException {
        Map<String, Map<String, String>> written = new TreeMap<>();
        SECTION.matcher(guide)
                .results()
                .forEach(section -> written.put(section.group(1), parameters(section.group(2))));
        assertThat(written).isEqualTo(catalogue());
    }

    @Test
    void everyExampleCanBeSaved() throws IOException {
        Checker checker = new Checker(WorkingDirectory.here().words());
        List<String> examples = guideMatches(EXAMPLE);
        assertThat(examples).hasSizeGreaterThan(catalogue().size());
        for (String example : examples) {
            String flow = AROUND + example.indent(8);
            assertThat(checker.check(new FlowFile("routes/operations/my_flow.yaml", flow)))
                    .as(flow)
                    .isEmpty();
        }
    }

    @Test
    void everyExceptionExists() throws ClassNotFoundException {
        List<String> names = guideMatches(Pattern.compile("(io\\.feedhub\\.[a-z.]+\\.[A-Z]\\w+)"));
        assertThat(names).isNotEmpty();
        for (String name : names) {
            assertThat(Exception.class).isAssignableFrom(Class.forName(name));
        }
    }

    private static List<String> guideMatches(Pattern pattern) {
        return pattern.matcher(guide).results().map(match -> match.group(1)).toList();
    }

    private static Map<String, String> parameters(String section) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (MatchResult row : ROW.matcher(section).results().toList()) {
            if (!row.group(1).equals("parameter")) {
                parameters.put(row.group(1), row.group(2).replace("`", "").strip());
            }
        }
        return parameters;
    }

    private static Map<String, Map<String, String>> catalogue() throws IOException {
        Map<String, Map<String, String>> catalogue = new TreeMap<>();
        try (Stream<Path> files = Files.list(CATALOGUE)) {
            for (Path file : files.toList()) {
                JsonNode kamelet = new YAMLMapper().readTree(file.toFile());
                catalogue.put(kamelet.at("/metadata/name").asText(), parameters(kamelet.at("/spec/definition")));
            }
        }
        return catalogue;
    }

    private static Map<String, String> parameters(JsonNode definition) {
        List<String> required = new ArrayList<>();
        definition.path("required").forEach(name -> required.add(name.asText()));
        Map<String, String> parameters = new LinkedHashMap<>();
        definition
                .path("properties")
                .properties()
                .forEach(property -> parameters.put(
                        property.getKey(),
                        required.contains(property.getKey())
                                ? "required"
                                : property.getValue().path("default").asText()));
        return parameters;
    }
}
