package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What a flow about accounts or jobs finds in the sandbox. */
class NumuStandInTest {
    private static final Clock HALF_PAST_NINE = Clock.fixed(Instant.parse("2026-03-02T09:30:00Z"), ZoneOffset.UTC);

    @Test
    void oneAccountIsNearlyUsedUpAndOneFillsInTheCourseOfTheHour() throws Exception {
        JsonNode profiles = ask("/acmp").path("profiles");
        assertThat(profiles).hasSize(3);
        assertThat(profiles.get(0).path("used").asInt())
                .isGreaterThan(profiles.get(0).path("limit").asInt() * 9 / 10);
        assertThat(profiles.get(2).path("used").asInt()).isEqualTo(30);
        assertThat(profiles.get(2).path("resetsAt").asText()).isEqualTo("2026-03-02T10:00:00Z");
    }

    @Test
    void oneJobIsLateAndFailed() throws Exception {
        JsonNode jobs = ask("/scheduler/jobs").path("jobs");
        assertThat(jobs).hasSize(3);
        assertThat(jobs.get(0).path("status").asText()).isEqualTo("active");
        assertThat(jobs.get(2).path("status").asText()).isEqualTo("failed");
        assertThat(Instant.parse(jobs.get(2).path("nextRun").asText())).isBefore(HALF_PAST_NINE.instant());
    }

    private static JsonNode ask(String path) throws Exception {
        try (StandIns standIns = new StandIns(HALF_PAST_NINE)) {
            URI numu = URI.create(standIns.properties().get("feedhub.services.numu.url") + path);
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(numu).build(), HttpResponse.BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body());
        }
    }
}
