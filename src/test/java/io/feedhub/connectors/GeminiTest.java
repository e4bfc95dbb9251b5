package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.gemini.BudgetSpent;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gemini says, and what becomes of it. */
class GeminiTest {
    private static final String SCHEMA =
            "{\"type\": \"object\", \"required\": [\"tone\"], \"properties\": {\"tone\": {\"enum\": [\"good\", \"bad\"] } } }";

    private static Scripted gemini;
    private static Steps steps;

    @BeforeAll
    static void start() throws IOException {
        gemini = new Scripted();
        steps = new Steps(Map.of(
                "feedhub.services.gemini.url",
                gemini.url(),
                "feedhub.services.gemini.pause",
                "0s",
                "feedhub.gemini.daily-tokens",
                10_000,
                "feedhub.gemini.flow-tokens",
                5_000));
    }

    @AfterAll
    static void stop() {
        steps.close();
        gemini.close();
    }

    @BeforeEach
    void forget() {
        steps.hub()
                .database()
                .sql("truncate feedhub.llm_usage, feedhub.llm_cache")
                .update();
    }

    @Test
    void anAnswerIsMeteredAndTheSameQuestionIsPaidForOnce() {
        gemini.script(200, stop("{\\\"tone\\\": \\\"good\\\"}"));
        assertThat(ask("How was it?", SCHEMA)).isEqualTo(Map.of("tone", "good"));
        assertThat(ask("How was it?", SCHEMA)).isEqualTo(Map.of("tone", "good"));
        assertThat(gemini.requests()).hasSize(1);
        assertThat(gemini.requests().get(0)).contains("\"responseJsonSchema\":{\"type\"", "\"maxOutputTokens\":8192");
        assertThat(spent()).isEqualTo(12 + 7 + 5);
        assertThat(steps.hub().count("select count(*) from feedhub.llm_usage where finish = 'CACHED'"))
                .isEqualTo(1);
    }

    @Test
    void anAnswerThatDoesNotFitIsRepairedOnce() {
        gemini.script(200, stop("{\\\"tone\\\": \\\"fine\\\"}"), stop("{\\\"tone\\\": \\\"bad\\\"}"));
        assertThat(ask("a", SCHEMA)).isEqualTo(Map.of("tone", "bad"));
        assertThat(gemini.requests().get(1)).contains("\"role\":\"model\"").contains("That does not fit the schema");
        assertThat(spent()).isEqualTo(2 * 24);
        gemini.script(200, stop("no JSON"), stop("{}"));
        assertThat(failure("b", SCHEMA))
                .isInstanceOf(ServiceRefused.class)
                .hasMessageStartingWith("gemini's answer does not fit the schema, nor does its repair:");
        assertThat(gemini.requests()).hasSize(2);
    }

    @Test
    void thoughtsAreNotTheAnswer() {
        gemini.script(
                200,
                "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"hm\", \"thought\": true}, {\"text\": \"yes\"}]},"
                        + " \"finishReason\": \"STOP\"}]}");
        assertThat(ask("Is it?", "")).isEqualTo(Map.of("text", "yes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_TOKENS",
                "SAFETY",
                "RECITATION",
                "LANGUAGE",
                "OTHER",
                "BLOCKLIST",
                "PROHIBITED_CONTENT",
                "SPII",
                "MALFORMED_FUNCTION_CALL",
                "FINISH_REASON_UNSPECIFIED",
                "A_REASON_OF_NEXT_YEAR"
            })
    void onlyStopIsASuccess(String reason) {
        gemini.script(200, stop("cut").replace("STOP", reason));
        assertThat(failure("x", ""))
                .isInstanceOf(ServiceRefused.class)
                .hasMessageStartingWith("gemini did not finish: ");
        assertThat(steps.hub().count("select count(*) from feedhub.llm_usage where finish = '" + reason + "'"))
                .isEqualTo(1);
        assertThat(steps.hub().count("select count(*) from feedhub.llm_cache")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"promptFeedback\": {\"blockReason\": \"SAFETY\"}}",
                "{\"candidates\": []}",
                "{}",
                "{\"candidates\": [{\"content\": {\"odd\": true}}]}",
                "{\"candidates\": [{\"finishReason\": \"STOP\"}]}",
                "[]"
            })
    void whatHoldsNoAnswerIsRefused(String answer) {
        gemini.script(200, answer);
        assertThat(failure("x", "")).isInstanceOf(ServiceRefused.class);
    }

    @Test
    void aSpentBudgetIsSaidBeforeAnythingIsSentAndKeptAnswersAreFree() {
        gemini.script(200, stop("yes"));
        ask("kept", "");
        spend("kamelet", "other", 6000);
        assertThat(ask("new", "")).isEqualTo(Map.of("text", "yes"));
        spend("other", "other", 5000);
        gemini.script(200, stop("yes"));
        assertThat(failure("newer", ""))
                .isInstanceOf(BudgetSpent.class)
                .hasMessageContaining("Gemini's daily budget is spent");
        assertThat(ask("kept", "")).isEqualTo(Map.of("text", "yes"));
        assertThat(gemini.requests()).isEmpty();
    }

    @Test
    void whatACallCostIsRememberedForAYearAndABit() {
        spend("old", "m", 1);
        spend("last year's", "m", 1);
        age("old", 401);
        age("last year's", 399);
        gemini.script(200, stop("yes"));
        ask("x", "");
        assertThat(steps.hub().count("select count(*) from feedhub.llm_usage where flow = 'old'"))
                .isZero();
        assertThat(steps.hub().count("select count(*) from feedhub.llm_usage")).isEqualTo(2);
    }

    @Test
    void textsBecomeVectorsInTheirOrder() {
        gemini.script(200, "{\"embeddings\": [{\"values\": [1.5, 2]}, {\"values\": [3, 4]}]}");
        assertThat(steps.call("gemini-embed-action", Map.of(), List.of("a", "b")))
                .isEqualTo(List.of(List.of(1.5, 2), List.of(3, 4)));
        gemini.script(200, "{\"embeddings\": [{\"values\": [1]}]}");
        assertThat(steps.failure("gemini-embed-action", Map.of(), List.of("a", "b")))
                .hasMessage("gemini embedded 1 of 2 texts");
    }

    private static String stop(String text) {
        return "{\"candidates\": [{\"content\": {\"role\": \"model\", \"parts\": [{\"text\": \"" + text
                + "\"}]}, \"finishReason\": \"STOP\"}], \"usageMetadata\": {\"promptTokenCount\": 12,"
                + " \"candidatesTokenCount\": 7, \"thoughtsTokenCount\": 5}, \"modelVersion\": \"m\"}";
    }

    private static void spend(String flow, String model, int tokens) {
        steps.hub()
                .database()
                .sql(
                        "insert into feedhub.llm_usage (flow, model, input_tokens, output_tokens, finish) values (?, ?, ?, 0, 'STOP')")
                .params(flow, model, tokens)
                .update();
    }

    private static void age(String flow, int days) {
        steps.hub()
                .database()
                .sql("update feedhub.llm_usage set at = now() - make_interval(days => ?) where flow = ?")
                .params(days, flow)
                .update();
    }

    private static long spent() {
        return steps.hub().count("select sum(input_tokens + output_tokens) from feedhub.llm_usage");
    }

    private static Object ask(String prompt, String schema) {
        return steps.call("gemini-action", Map.of("schema", schema), prompt);
    }

    private static Throwable failure(String prompt, String schema) {
        return steps.failure("gemini-action", Map.of("schema", schema), prompt);
    }
}
