package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.delivery.Notices;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** Deliveries as an operator has them: a running hub, its API, and a Discord that has its moods. Each test has its channel. */
class DeliveriesTest {
    @TempDir
    private static Path routes;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = new RunningHub(routes, Map.of("feedhub.node.name", "cellar"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aWebhookThatIsGoneParksItsChannelTellsAlertsOnceAndGoesOnWhenAPersonSaysSo() {
        hub.standIns().discord().moods().deleteWebhook("intel");
        post("intel", "one");
        post("intel", "two");
        post("serenity", "three");
        Awaitility.await().until(() -> channel("intel").path("reason").asText().contains("Unknown Webhook"));
        Awaitility.await()
                .until(() -> hub.standIns().discord().messages("alerts").size() == 1);
        Awaitility.await()
                .until(() -> hub.standIns().discord().messages("serenity").size() == 1);
        assertThat(channel("intel").path("waiting").asInt()).isEqualTo(2);
        assertThat(hub.count("select count(*) from feedhub.outgoing_attempt where status = 404"))
                .isEqualTo(1);
        assertThat(hub.get("/observe/health")
                        .at("/components/channels/components/intel/details/reason")
                        .asText())
                .startsWith("parked since 2")
                .contains("Unknown Webhook");

        hub.standIns().discord().moods().restoreWebhook("intel");
        assertThat(hub.post("/api/channels/intel/resume")).isEqualTo(204);
        assertThat(hub.post("/api/channels/intel/resume")).isEqualTo(409);
        hub.awaitDeliveries();
        assertThat(hub.standIns().discord().messages("intel"))
                .extracting(message -> message.at("/embeds/0/title").asText())
                .containsExactly("one", "two");
        assertThat(hub.standIns().discord().messages("alerts")).hasSize(1);
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'channel.resume' and result = 'done'"))
                .isEqualTo(1);
    }

    @Test
    void aMessageCanBeFoundInDiscordByItsFooterAndOnTheLedgerByItsId() {
        post("infra", "hello");
        hub.awaitDeliveries();
        JsonNode delivery =
                hub.get("/api/deliveries?state=delivered&channel=infra").at("/items/0");
        JsonNode message = hub.standIns().discord().messages("infra").get(0);
        assertThat(message.path("id").asText())
                .isEqualTo(delivery.path("messageId").asText());
        assertThat(message.at("/embeds/0/footer/text").asText())
                .isEqualTo("feedhub · " + delivery.path("id").asText());
    }

    @Test
    void whatAMessageSaysCanBeReadBeforeItIsDelivered() {
        post("design", "a question");
        JsonNode listed = hub.get("/api/deliveries?channel=design").at("/items/0");
        assertThat(listed.path("title").asText()).isEqualTo("a question");
        JsonNode one = hub.get("/api/deliveries/" + listed.path("id").asText());
        assertThat(one.at("/delivery/channel").asText()).isEqualTo("design");
        assertThat(one.at("/content/embeds/0/title").asText()).isEqualTo("a question");
    }

    /** A node that starts again closes what it was sending itself, which it knows by its name. */
    @Test
    void aSendIsOfTheNodeThatMadeIt() {
        post("firstdate", "hello");
        hub.awaitDeliveries();
        assertThat(hub.database()
                        .sql("select distinct node from feedhub.outgoing_attempt union select name from feedhub.node")
                        .query(String.class)
                        .list())
                .containsExactly("cellar");
    }

    @Test
    void aRowThatNoMessageCanBeMadeOfIsParkedAndTheOthersAreSent() {
        hub.database()
                .sql("insert into feedhub.outgoing (flow, channel, payload) values ('by_hand', 'memory', '[]')")
                .update();
        post("memory", "after it");
        Awaitility.await()
                .until(() -> hub.standIns().discord().messages("memory").size() == 1);
        hub.awaitDeliveries();
        assertThat(hub.count("select count(*) from feedhub.outgoing where flow = 'by_hand' and state = 'parked'"
                        + " and error like 'no message can be made of it%'"))
                .isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheChannels() {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        try (RunningHub other = new RunningHub(routes, Map.of("test.clock", clock))) {
            other.bean(Notices.class).post("ops", "before", "", "info");
            other.awaitDeliveries();
            clock.move(Duration.ofHours(-1));
            other.bean(Notices.class).post("ops", "after", "", "info");
            other.awaitDeliveries();
            assertThat(other.standIns().discord().messages("ops")).hasSize(2);
        }
    }

    @Test
    void whatIsRolledBackIsNotSentAndWhatIsCommittedIsSentAtOnce() {
        TransactionTemplate transaction = hub.bean(TransactionTemplate.class);
        transaction.executeWithoutResult(status -> {
            post("noosphere", "rolled back");
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> {
            post("noosphere", "first");
            Object savepoint = status.createSavepoint();
            post("noosphere", "taken back");
            status.rollbackToSavepoint(savepoint);
            post("noosphere", "second");
        });
        Awaitility.await()
                .until(() -> hub.standIns().discord().messages("noosphere").size() == 2);
        hub.awaitDeliveries();
        assertThat(hub.standIns().discord().messages("noosphere"))
                .extracting(message -> message.at("/embeds/0/title").asText())
                .containsExactly("first", "second");
    }

    @Test
    void aParkedMessageIsRetriedOrGivenUpByAPersonAndThatIsOnRecord() {
        hub.awaitDeliveries(); // so that no other message meets the mood
        hub.standIns().discord().moods().refuseForms(true);
        post("design", "bad");
        Awaitility.await().until(() -> newest().path("state").asText().equals("parked"));
        hub.standIns().discord().moods().refuseForms(false);
        long id = newest().path("id").asLong();
        assertThat(hub.post("/api/deliveries/" + id + "/give-up")).isEqualTo(204);
        assertThat(hub.post("/api/deliveries/" + id + "/give-up")).isEqualTo(409);
        assertThat(hub.post("/api/deliveries/" + id + "/retry")).isEqualTo(202);
        hub.awaitDeliveries();
        assertThat(newest().path("state").asText()).isEqualTo("delivered");
        assertThat(newest().path("attempts").asInt()).isEqualTo(2);
        assertThat(hub.count("select count(*) from feedhub.audit where action like 'delivery.%' and result = 'done'"))
                .isEqualTo(2);
    }

    private static JsonNode newest() {
        return hub.get("/api/deliveries?channel=design").at("/items/0");
    }

    private static void post(String channel, String title) {
        hub.bean(Notices.class).post(channel, title, "", "info");
    }

    private static JsonNode channel(String name) {
        for (JsonNode queue : hub.get("/api/channels").path("items")) {
            if (queue.path("channel").asText().equals(name)) {
                return queue;
            }
        }
        throw new AssertionError(name);
    }
}
