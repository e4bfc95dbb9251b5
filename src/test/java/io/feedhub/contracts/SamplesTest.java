package io.feedhub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.Scripted;
import io.feedhub.connectors.Steps;
import io.feedhub.connectors.http.OutcomeUnknown;
import io.feedhub.connectors.http.ServiceDown;
import io.feedhub.connectors.http.ServiceRefused;
import io.feedhub.contracts.VendorContracts.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of the vendors: it fits its schema or deviates, and the connector parses or refuses it. */
@Tag("contract")
class SamplesTest {
    private static final VendorContracts CONTRACTS = new VendorContracts();

    /** What a step must be called with to be answered by a sample of a vendor. */
    private static final Map<String, Map<String, String>> STEPS = Map.of(
            "gemini", Map.of(),
            "apify", Map.of("actor", "a~b"),
            "prometheus", Map.of("query", "up"),
            "gcs", Map.of("bucket", "b"),
            "mcp", Map.of("tool", "get_weather"),
            "youtube", Map.of("resource", "videos", "maxItems", "1"),
            "youtube-analytics", Map.of("start", "2026-11-01", "end", "2026-11-02", "metrics", "views"),
            "postgrest", Map.of("service", "postgrest", "path", "/table"));

    private static Scripted vendor;
    private static Steps steps;

    @BeforeAll
    static void start() throws IOException {
        vendor = new Scripted();
        steps = hub();
    }

    private static Steps hub() {
        Map<String, Object> settings = new TreeMap<>();
        for (String service : List.of(
                "gemini", "apify", "youtube", "youtube-analytics", "prometheus", "gcs", "noosphere", "postgrest")) {
            settings.put("feedhub.services." + service + ".url", vendor.url());
            settings.put("feedhub.services." + service + ".pause", "0s");
        }
        settings.put("feedhub.gemini.cache", "0s");
        return new Steps(settings);
    }

    @AfterAll
    static void stop() {
        steps.close();
        vendor.close();
    }

    static Stream<Sample> withSchema() {
        return CONTRACTS.samples().stream().filter(sample -> !sample.schema().isEmpty());
    }

    static Stream<Sample> answers() {
        return CONTRACTS.samples().stream()
                .filter(sample ->
                        sample.status() != 0 || sample.file().matches("mcp/.*(response|isError|structured|required).*"))
                .filter(sample -> !sample.vendor().equals("discord")) // delivery's own test reads them
                .filter(sample -> !sample.file().contains("targets")); // nothing here asks for them
    }

    @Test
    void thereAreAllSamples() {
        assertThat(CONTRACTS.samples()).hasSize(98);
        assertThat(CONTRACTS.samples().stream().filter(Sample::deviates)).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("withSchema")
    void aSampleFitsItsSchemaUnlessItDeviates(Sample sample) {
        assertThat(CONTRACTS.faults(sample.schema(), sample.body()).isEmpty()).isEqualTo(!sample.deviates());
    }

    @ParameterizedTest
    @MethodSource("withSchema")
    void whatDeviatesByAFaultOfDiscordsSchemaFitsThePatchedOne(Sample sample) {
        if (sample.vendor().equals("discord")) {
            String patched = sample.schema().replace("discord-webhook.", "discord-webhook.patched.");
            assertThat(CONTRACTS.faults(patched, sample.body())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aSampleIsParsedOrRefused(Sample sample) {
        int status = sample.status() == 0 ? 200 : sample.status();
        vendor.script(status, bodies(sample));
        Expected expected = Expected.of(sample, status);
        Object question = sample.file().contains("embed") ? List.of("a question") : "a question";
        if (expected == Expected.PARSED) {
            assertThat(steps.call(kamelet(sample), parameters(sample), question))
                    .isNotNull();
        } else {
            assertThat(steps.failure(kamelet(sample), parameters(sample), question))
                    .isInstanceOfAny(
                            expected == Expected.DOWN
                                    ? new Class<?>[] {ServiceDown.class, OutcomeUnknown.class}
                                    : new Class<?>[] {ServiceRefused.class});
        }
        if (status == 429 || sample.file().contains("quota")) { // the service is left alone from now on
            steps.close();
            steps = hub();
        }
    }

    /** What the vendor answers until the step has what the sample is about. */
    private static String[] bodies(Sample sample) {
        String body = sample.body().toString();
        return switch (sample.file()) {
            case "apify/run-started.json", "apify/run-get.json" ->
                new String[] {body, body.replace("\"READY\"", "\"SUCCEEDED\""), "[{\"id\": 1}]"};
            case "apify/dataset-items.json" ->
                new String[] {
                    "{\"data\": {\"id\": \"r\", \"status\": \"SUCCEEDED\", \"defaultDatasetId\": \"d\"}}", body
                };
            case "gemini/embed-response.json" ->
                new String[] {"{\"embeddings\": [" + sample.body().path("embedding") + "]}"};
            default ->
                new String[] {bareResult(sample) ? "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": " + body + "}" : body
                };
        };
    }

    private static boolean bareResult(Sample sample) {
        return sample.vendor().equals("mcp") && !sample.body().has("jsonrpc");
    }

    private static String step(Sample sample) {
        return sample.file().contains("analytics") ? "youtube-analytics" : sample.vendor();
    }

    private static Map<String, String> parameters(Sample sample) {
        return switch (sample.file()) {
            case "gemini/embed-response.json", "prometheus/alerts-activeAlerts.json" -> Map.of();
            case "prometheus/query_range-matrixResult.json" -> Map.of("query", "up", "range", "1h");
            default -> STEPS.getOrDefault(step(sample), Map.of());
        };
    }

    private static String kamelet(Sample sample) {
        return sample.file().contains("embed")
                ? "gemini-embed-action"
                : step(sample).equals("postgrest") ? "http-action" : step(sample) + "-action";
    }

    private enum Expected {
        PARSED,
        REFUSED,
        DOWN;

        static Expected of(Sample sample, int status) {
            String name = sample.file();
            if (status == 503 || status == 408 || (status == 429 && !name.contains("perday"))) {
                return DOWN;
            }
            boolean failure = status >= 300
                    || name.contains("unary-failure")
                    || name.contains("isError")
                    || name.contains("required")
                    || name.contains("mcp/2025-11-25/error");
            boolean nothingThere = name.contains("commentsDisabled");
            return failure && !nothingThere ? REFUSED : PARSED;
        }
    }
}
