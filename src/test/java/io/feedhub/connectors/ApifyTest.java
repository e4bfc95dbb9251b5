package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.connectors.http.OutcomeUnknown;
import io.feedhub.connectors.http.ServiceRefused;
import io.feedhub.sandbox.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run is paid for once. */
class ApifyTest {
    private static Steps steps;

    private int before;

    @BeforeAll
    static void start() {
        steps = new Steps(Map.of("feedhub.services.apify.pause", "0s"));
    }

    @AfterAll
    static void stop() {
        steps.close();
    }

    @BeforeEach
    void forget() throws Exception {
        steps.world().restore("apify");
        steps.hub()
                .database()
                .sql("truncate feedhub.apify_run, feedhub.apify_read")
                .update();
        before = runs();
    }

    @Test
    void theDatasetOfAFinishedRunIsTheBody() throws Exception {
        assertThat((List<?>) steps.call("apify-action", posts("a~finished"))).hasSize(2);
        assertThat((List<?>) steps.call("apify-action", posts("a~finished"))).hasSize(2);
        assertThat(runs() - before).isEqualTo(2);
        assertThat(steps.hub().count("select count(*) from feedhub.apify_run")).isZero();
    }

    /** The stand-in's dataset begins with one. */
    @Test
    void anItemThatApifyLeavesOutOfAPageCostsNoOther() throws Exception {
        assertThat((List<?>) steps.call("apify-action", posts("a~empty")))
                .extracting(item -> ((Map<?, ?>) item).get("id"))
                .hasSize(2)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void aStartWhoseAnswerWasLostIsFoundAgain() throws Exception {
        steps.world().fault("apify", Fault.LOST);
        assertThat(steps.failure("apify-action", posts("a~lost"))).isInstanceOf(OutcomeUnknown.class);
        steps.world().restore("apify");
        assertThat((List<?>) steps.call("apify-action", posts("a~lost"))).hasSize(2);
        assertThat(runs() - before).isEqualTo(1);
    }

    @Test
    void aStartWhoseAnswerCannotBeReadIsFoundAgain() throws Exception {
        steps.world().fault("apify", Fault.GARBLED);
        assertThat(steps.failure("apify-action", posts("a~garbled"))).isInstanceOf(OutcomeUnknown.class);
        steps.world().fault("apify", Fault.HUGE);
        assertThat(steps.failure("apify-action", posts("a~garbled"))).isInstanceOf(ServiceRefused.class);
        steps.world().restore("apify");
        assertThat((List<?>) steps.call("apify-action", posts("a~garbled"))).hasSize(2);
        assertThat(runs() - before).isEqualTo(1);
    }

    @Test
    void aStartWhoseAnswerIsTooLongIsNotForgotten() throws Exception {
        steps.world().fault("apify", Fault.HUGE);
        assertThat(steps.failure("apify-action", posts("a~huge"))).isInstanceOf(OutcomeUnknown.class);
        assertThat(steps.hub().count("select count(*) from feedhub.apify_run")).isEqualTo(1);
    }

    @Test
    void aRunThatAnotherOrderHasReadIsNotTakenForTheLostOne() throws Exception {
        steps.world().fault("apify", Fault.LOST);
        steps.failure("apify-action", posts("a~sibling"));
        steps.world().restore("apify");
        steps.call("apify-action", Map.of("actor", "a~sibling", "input", "{\"q\": 2}"));
        steps.call("apify-action", posts("a~sibling"));
        assertThat(runs() - before).isEqualTo(2);
        assertThat(steps.hub().count("select count(*) from feedhub.apify_read")).isEqualTo(2);
    }

    /** And not one that a person has started since in Apify's own console. */
    @Test
    void theLostOneIsTheNearestOfThoseThatAreNobodys() throws Exception {
        steps.world().fault("apify", Fault.LOST);
        steps.failure("apify-action", posts("a~foreign"));
        steps.world().restore("apify");
        String lost = apify("GET").at("/data/items/0/id").asText();
        apify("POST");
        steps.call("apify-action", posts("a~foreign"));
        assertThat(steps.hub()
                        .database()
                        .sql("select run_id from feedhub.apify_read")
                        .query(String.class)
                        .list())
                .as("the newest is %s", apify("GET").at("/data/items/0/id").asText())
                .containsExactly(lost);
    }

    @Test
    void aRunThatNobodyWaitedForIsReadByTheNext() throws Exception {
        assertThat(steps.failure("apify-action", impatient("a~impatient")))
                .as("of a kind that is not tried again at once")
                .isInstanceOf(OutcomeUnknown.class)
                .hasMessageContaining("the flow's next run reads it");
        assertThat((List<?>) steps.call("apify-action", posts("a~impatient"))).hasSize(2);
        assertThat(runs() - before).isEqualTo(1);
    }

    @Test
    void anotherInputIsAnotherRun() throws Exception {
        steps.failure("apify-action", impatient("a~other"));
        steps.call("apify-action", Map.of("actor", "a~other", "input", "{\"q\": 2}"));
        assertThat(runs() - before).isEqualTo(2);
    }

    @Test
    void aStartThatWasRefusedIsForgotten() throws Exception {
        steps.world().fault("apify", Fault.DENIED);
        assertThat(steps.failure("apify-action", posts("a~refused"))).isInstanceOf(ServiceRefused.class);
        assertThat(steps.hub().count("select count(*) from feedhub.apify_run")).isZero();
    }

    private static Map<String, String> posts(String actor) {
        return Map.of("actor", actor, "input", "{\"q\": 1}", "maxItems", "2");
    }

    private static Map<String, String> impatient(String actor) {
        return Map.of("actor", actor, "input", "{\"q\": 1}", "maxItems", "2", "patience", "0s");
    }

    private static int runs() throws IOException, InterruptedException {
        return apify("GET").at("/data/total").asInt();
    }

    /** The runs, or one more, as somebody else asks for it. */
    private static JsonNode apify(String method) throws IOException, InterruptedException {
        String url = String.valueOf(steps.hub().standIns().properties().get("feedhub.services.apify.url"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v2/actors/any/runs"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer t")
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
