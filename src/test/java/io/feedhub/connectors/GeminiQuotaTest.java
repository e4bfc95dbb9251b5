package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.QuotaSpent;
import io.feedhub.connectors.http.ServiceDown;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gemini's 429: of the minute, of the day. */
class GeminiQuotaTest {
    private final Scripted gemini = new Scripted();
    private final Steps steps = new Steps(Map.of("feedhub.services.gemini.url", gemini.url()));

    GeminiQuotaTest() throws IOException {}

    @AfterEach
    void stop() {
        steps.close();
        gemini.close();
    }

    @Test
    void aQuotaOfTheMinuteIsWorthAnotherTryAndNotBefore() {
        gemini.script(429, limit("GenerateRequestsPerMinutePerProjectPerModel", "12.5s"));
        assertThat(failure()).isInstanceOf(ServiceDown.class).hasMessageEndingWith(":generateContent answered 429");
        assertThat(failure())
                .isInstanceOf(ServiceDown.class)
                .hasMessageEndingWith("Z: its quota of the minute is used up");
        assertThat(gemini.requests()).hasSize(1);
    }

    @Test
    void aQuotaOfTheDayIsFinalWhateverItsDelayAndSilencesNoOtherModel() {
        gemini.script(429, limit("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "48s"));
        assertThat(failure())
                .isInstanceOf(QuotaSpent.class)
                .hasMessageStartingWith("gemini's quota of gemini-flash-latest is used up");
        gemini.script(200, "{\"embeddings\": [{\"values\": [0.5]}]}");
        assertThat(steps.call("gemini-embed-action", Map.of("texts", "[\"x\"]")))
                .isEqualTo(List.of(List.of(0.5)));
        assertThat(failure())
                .isInstanceOf(ServiceDown.class)
                .hasMessageStartingWith("gemini's gemini-flash-latest asked to be left alone until ");
        assertThat(gemini.requests()).hasSize(1); // since the script of the other model
    }

    @Test
    void aPageOfAProxyThatSaysSoIsWorthAnotherTry() {
        gemini.script(429, "<html>slow down</html>");
        assertThat(failure()).isInstanceOf(ServiceDown.class).hasMessageEndingWith(":generateContent answered 429");
    }

    private Throwable failure() {
        return steps.failure("gemini-action", Map.of(), "x");
    }

    private static String limit(String quota, String delay) {
        return """
                {"error": {"code": 429, "details": [
                  {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": "%s"}]},
                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "%s"}]}}"""
                .formatted(quota, delay);
    }
}
