package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

class DispatchTest {
    private static final List<String> BOTH = List.of("infra", "ops");
    private static final Limits NONE = Limits.NONE;

    private static final TestDatabase STORE = TestDatabase.migrated();
    private static final JdbcClient DATABASE = JdbcClient.create(STORE.dataSource());

    private final Channels channels = new Channels(
            Map.of(
                    "infra", new Channel("http://127.0.0.1/w/1", Guarantee.AT_MOST_ONCE),
                    "ops", new Channel("http://127.0.0.1/w/2", Guarantee.AT_LEAST_ONCE)),
            Duration.ofDays(90));
    private final Ledger ledger = new Ledger(DATABASE);
    private final Dispatch dispatch = on("a");

    @BeforeEach
    void open() {
        DATABASE.sql("truncate feedhub.outgoing, feedhub.channel cascade").update();
        dispatch.open(BOTH);
    }

    @Test
    void eachChannelSendsInOrderAndOneAtATime() {
        write("infra", 1, 2);
        write("ops", 3);
        List<Envelope> taken = take(dispatch, BOTH);
        assertThat(taken).extracting(Envelope::channel).containsExactly("infra", "ops");
        assertThat(numbers(taken.get(0))).containsExactly(1);
        assertThat(take(on("b"), BOTH)).as("while a sends").isEmpty();
        record(taken.get(0), delivered("m1"));
        assertThat(numbers(take(on("b"), BOTH).get(0))).containsExactly(2);
    }

    @Test
    void aMessageThatMustWaitHoldsUpThoseBehindItAndNoOtherChannel() {
        write("infra", 1, 2);
        write("ops", 3);
        Envelope first = take(dispatch, List.of("infra")).get(0);
        Map<String, Duration> waits = record(
                first,
                answer(Kind.AGAIN, new Limits(0, Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO, false, true)));
        assertThat(waits.get("infra")).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(61));
        assertThat(take(dispatch, BOTH)).extracting(Envelope::channel).containsExactly("ops");
    }

    @Test
    void whatOneNodeHasNoWayForAnotherSendsAtOnce() {
        write("infra", 1);
        record(take(dispatch, BOTH).get(0), new Answer(Kind.UNREACHED, null, null, "not reached", NONE));
        assertThat(take(on("b"), BOTH)).extracting(DispatchTest::numbers).containsExactly(List.of(1));
    }

    @Test
    void anEmptyBucketWaitsForItsReset() {
        write("infra", 1, 2);
        Limits empty = new Limits(0, Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO, false, false);
        record(take(dispatch, BOTH).get(0), new Answer(Kind.DELIVERED, 200, "m", null, empty));
        assertThat(take(dispatch, BOTH)).isEmpty();
    }

    @Test
    void aBucketIsCountedDownEvenWhenTheSenderDies() {
        write("infra", 1, 2, 3);
        Limits oneLeft = new Limits(1, Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO, false, false);
        record(take(dispatch, BOTH).get(0), new Answer(Kind.DELIVERED, 200, "m", null, oneLeft));
        take(dispatch, BOTH);
        assertThat(on("a").closeOwn()).hasSize(1);
        assertThat(take(dispatch, BOTH)).as("before the reset").isEmpty();
    }

    @Test
    void aSendThatWasInterruptedCountsFromWhenThatWasFound() {
        write("infra", 1);
        take(dispatch, BOTH);
        DATABASE.sql("update feedhub.channel set sent = array[now() - interval '1 hour'] where name = 'infra'")
                .update();
        assertThat(on("a").closeOwn()).hasSize(1);
        assertThat(count("select count(*) from feedhub.channel where name = 'infra' and cardinality(sent) = 1"
                        + " and sent[1] > now() - interval '1 minute'"))
                .isEqualTo(1);
    }

    @Test
    void theLimitThatNoHeaderAnnouncesIsLearnedFromItsFirst429() {
        write("infra", IntStream.range(0, 60).toArray());
        for (int n = 0; n < 30; n++) {
            record(take(dispatch, BOTH).get(0), delivered("m" + n));
        }
        Limits hidden = new Limits(4, Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(50), false, true);
        record(take(dispatch, BOTH).get(0), answer(Kind.AGAIN, hidden));
        assertThat(count("select quota from feedhub.channel where name = 'infra'"))
                .as("one less, since the first may have been counted in the period before")
                .isEqualTo(29);
        assertThat(take(dispatch, BOTH)).as("within the period").isEmpty();
        DATABASE.sql("update feedhub.channel set period = '1 millisecond'").update();
        Awaitility.await("after the period")
                .untilAsserted(() -> assertThat(take(dispatch, BOTH)).hasSize(1));
    }

    @Test
    void aBurstOfOneFlowIsFoldedAsFarAsItFits() {
        ledger.write(List.of(folding("f", 1, 2500), folding("f", 2, 2500), folding("f", 3, 2500), folding("g", 4, 1)));
        assertThat(numbers(deliverNext())).containsExactly(1, 2);
        assertThat(numbers(deliverNext())).containsExactly(3);
        assertThat(numbers(deliverNext())).containsExactly(4);
        assertThat(count("select count(*) from feedhub.outgoing where state = 'delivered'"))
                .isEqualTo(4);
    }

    @Test
    void atMostTenAreFoldedAndNoneAcrossAMessageThatMayNot() {
        ledger.write(IntStream.range(0, 11).mapToObj(n -> folding("f", n, 1)).toList());
        write("infra", 11);
        ledger.write(List.of(folding("f", 12, 1)));
        assertThat(numbers(deliverNext())).hasSize(10);
        assertThat(numbers(deliverNext())).containsExactly(10);
        assertThat(numbers(deliverNext())).containsExactly(11);
        assertThat(numbers(deliverNext())).containsExactly(12);
    }

    @Test
    void whenAFoldedMessageIsRefusedEachGoesAloneAndOnlyTheBadOneIsParked() {
        ledger.write(List.of(folding("f", 1, 1), folding("f", 2, 1)));
        record(take(dispatch, BOTH).get(0), answer(Kind.REFUSED, NONE));
        assertThat(numbers(deliverNext())).containsExactly(1);
        record(take(dispatch, BOTH).get(0), answer(Kind.REFUSED, NONE));
        assertThat(states("infra")).containsExactly("delivered", "parked");
    }

    @Test
    void severalAreTakenAtOnceAndWhatIsNotPostedIsQueuedAsItWas() {
        write("infra", 1, 2, 3, 4);
        List<Envelope> taken = dispatch.take(Map.of("infra", 3));
        assertThat(taken).extracting(DispatchTest::numbers).containsExactly(List.of(1), List.of(2), List.of(3));
        Sent first = Sent.of(taken.get(0), delivered("m1"), false);
        Sent second = Sent.of(taken.get(1), answer(Kind.FAILED, NONE), false);
        dispatch.record(List.of(new Round("infra", List.of(first, second), taken.subList(2, 3), Duration.ofMillis(1))));
        assertThat(states("infra")).containsExactly("delivered", "queued", "queued", "queued");
        assertThat(attempts("infra")).containsExactly(1, 1, 0, 0);
        assertThat(count("select cardinality(sent) from feedhub.channel where name = 'infra'"))
                .as("sends that count against a limit")
                .isEqualTo(2);
        assertThat(count("select count(*) from feedhub.outgoing_attempt")).isEqualTo(2);
        assertThat(dispatch.take(Map.of("infra", 3)))
                .extracting(DispatchTest::numbers)
                .containsExactly(List.of(2), List.of(3), List.of(4));
    }

    @Test
    void whatAnotherNodeTookSinceIsNotQueuedAgainWhenARecordIsRepeated() {
        write("infra", 1);
        Round nothing = new Round("infra", List.of(), take(dispatch, BOTH), Duration.ZERO);
        dispatch.record(List.of(nothing));
        assertThat(take(on("b"), BOTH)).hasSize(1);
        dispatch.record(List.of(nothing));
        assertThat(states("infra")).containsExactly("sending");
        assertThat(attempts("infra")).containsExactly(1);
    }

    @Test
    void oneAtATimeIsTakenWhereALimitIsKnown() {
        write("infra", 1, 2, 3);
        Limits bucket = new Limits(5, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, false);
        record(take(dispatch, BOTH).get(0), new Answer(Kind.DELIVERED, 200, "m", null, bucket));
        assertThat(dispatch.take(Map.of("infra", 10))).hasSize(1);
    }

    @Test
    void severalAtOnceEndBeforeAMessageThatMayBeFolded() {
        write("infra", 1, 2);
        ledger.write(List.of(folding("f", 3, 1), folding("f", 4, 1)));
        write("infra", 5);
        assertThat(deliver(dispatch.take(Map.of("infra", 10)))).containsExactly(List.of(1), List.of(2));
        assertThat(deliver(dispatch.take(Map.of("infra", 10)))).containsExactly(List.of(3, 4));
        assertThat(deliver(dispatch.take(Map.of("infra", 10)))).containsExactly(List.of(5));
    }

    @Test
    void allThatAKilledNodeHadTakenIsUnknown() {
        write("infra", 1, 2, 3);
        dispatch.take(Map.of("infra", 2));
        dispatch.closeOwn();
        assertThat(states("infra")).containsExactly("unknown", "unknown", "queued");
    }

    @Test
    void whatAKilledNodeWasSendingIsUnknownAndGoesOutOnlyWhenAPersonSaysSo() {
        write("infra", 1);
        long id = take(dispatch, BOTH).get(0).first().id();
        assertThat(on("b").closeOwn()).isEmpty();
        assertThat(on("b").closeAbandoned()).as("its hold has not run out").isEmpty();
        assertThat(dispatch.closeOwn()).containsExactly(new Dispatch.Closed("infra", MessageState.UNKNOWN));
        assertThat(take(dispatch, BOTH)).isEmpty();
        assertThat(ledger.retry(id)).isTrue();
        assertThat(take(dispatch, BOTH).get(0).first().attempt()).isEqualTo(2);
    }

    @Test
    void whatADeadNodeWasSendingIsFoundByAnotherAndRepeatedOnlyWhereThatIsAllowed() {
        write("infra", 1);
        write("ops", 2);
        take(dispatch, BOTH);
        holdsRunOut();
        assertThat(on("b").closeAbandoned())
                .containsExactlyInAnyOrder(
                        new Dispatch.Closed("infra", MessageState.UNKNOWN),
                        new Dispatch.Closed("ops", MessageState.QUEUED));
        assertThat(take(on("b"), BOTH)).extracting(Envelope::channel).containsExactly("ops");
        assertThat(count("select repeats from feedhub.outgoing where channel = 'ops'"))
                .isEqualTo(1);
    }

    @Test
    void aHoldThatHasRunOutIsEndedEvenWhenNothingOfItIsLeft() {
        write("infra", 1);
        take(dispatch, BOTH);
        holdsRunOut();
        DATABASE.sql("delete from feedhub.outgoing").update();
        write("infra", 2);
        assertThat(take(on("b"), BOTH)).as("before somebody looked").isEmpty();
        assertThat(on("b").closeAbandoned()).isEmpty();
        assertThat(numbers(take(on("b"), BOTH).get(0))).containsExactly(2);
    }

    /** As when an answer that was given up for lost is written down late, and frees the channel under the next send. */
    @Test
    void aMessageThatIsBeingSentInAFreeChannelDoesNotBlockItForEver() {
        write("infra", 1, 2);
        take(dispatch, BOTH);
        DATABASE.sql("update feedhub.channel set busy_until = '-infinity'").update();
        assertThat(on("b").closeAbandoned()).as("it may be on its way").isEmpty();
        DATABASE.sql("update feedhub.outgoing set sent_at = sent_at - interval '61 seconds'")
                .update();
        assertThat(on("b").closeAbandoned()).containsExactly(new Dispatch.Closed("infra", MessageState.UNKNOWN));
        assertThat(numbers(take(on("b"), BOTH).get(0))).containsExactly(2);
    }

    @Test
    void aHoldOfAnotherNodeIsNotEndedByWhoComesTooLate() {
        write("ops", 1);
        take(dispatch, BOTH);
        holdsRunOut();
        on("b").closeAbandoned();
        take(on("b"), BOTH);
        assertThat(dispatch.closeOwn()).isEmpty();
        assertThat(on("c").closeAbandoned()).isEmpty();
        assertThat(take(on("c"), BOTH)).as("b still sends").isEmpty();
    }

    @Test
    void aLateAnswerStillSettlesWhatHadBecomeUnknown() {
        write("infra", 1);
        Envelope late = take(dispatch, BOTH).get(0);
        holdsRunOut();
        on("b").closeAbandoned();
        record(late, delivered("m1"));
        assertThat(states("infra")).containsExactly("delivered");
    }

    @Test
    void aLateAnswerDoesNotTouchALaterTry() {
        write("ops", 1);
        Envelope late = take(dispatch, BOTH).get(0);
        holdsRunOut();
        on("b").closeAbandoned();
        take(on("b"), BOTH);
        record(late, answer(Kind.REFUSED, NONE));
        assertThat(states("ops")).containsExactly("sending");
        assertThat(take(dispatch, BOTH)).as("b still sends").isEmpty();
    }

    @Test
    void aLostAnswerIsUnknownOrRepeated() {
        write("infra", 1);
        write("ops", 2);
        take(dispatch, BOTH)
                .forEach(envelope -> record(
                        envelope, answer(Kind.LOST, NONE), envelope.channel().equals("ops")));
        assertThat(states("infra")).containsExactly("unknown");
        assertThat(states("ops")).containsExactly("queued");
        assertThat(count("select repeats from feedhub.outgoing where channel = 'ops'"))
                .isEqualTo(1);
    }

    @Test
    void aParkedChannelTellsAlertsOnceAndItsQueueWaits() {
        Channels withAlerts = new Channels(
                Map.of("alerts", new Channel("http://127.0.0.1/w/3", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
        Queues queues = new Queues(
                DATABASE,
                withAlerts,
                ledger,
                new Embeds(new com.fasterxml.jackson.databind.ObjectMapper()),
                TransactionOperations.withoutTransaction());
        write("infra", 1, 2);
        Envelope first = take(dispatch, BOTH).get(0);
        queues.park("infra", "Unknown Webhook");
        record(first, answer(Kind.GONE, NONE));
        queues.park("infra", "Unknown Webhook");
        assertThat(take(dispatch, BOTH)).isEmpty();
        assertThat(states("infra")).containsExactly("queued", "queued");
        assertThat(states("alerts")).hasSize(1);
        assertThat(queues.all())
                .filteredOn(queue -> queue.channel().equals("infra"))
                .singleElement()
                .satisfies(queue -> {
                    assertThat(queue.waiting()).isEqualTo(2);
                    assertThat(queue.reason()).isEqualTo("Unknown Webhook");
                });
        assertThat(queues.resume("infra")).isTrue();
        assertThat(queues.resume("infra")).as("twice").isFalse();
        assertThat(numbers(take(dispatch, BOTH).get(0))).containsExactly(1);
    }

    @Test
    void onlyWhatIsDeliveredOrGivenUpIsForgottenAndNotBeforeItsTime() {
        List<String> states = List.of("queued", "sending", "delivered", "parked", "unknown", "given-up");
        for (String age : List.of("91 days", "89 days")) {
            for (String state : states) {
                DATABASE.sql(
                                """
                        insert into feedhub.outgoing (flow, channel, payload, size, state, created_at, ended_at)
                        values ('f', 'infra', '{}', 0, ?, now() - interval '92 days', now() - ?::interval)""")
                        .params(state, age)
                        .update();
            }
        }
        Queues queues = new Queues(
                DATABASE,
                channels,
                ledger,
                new Embeds(new com.fasterxml.jackson.databind.ObjectMapper()),
                TransactionOperations.withoutTransaction());
        assertThat(queues.forget()).isEqualTo(2);
        assertThat(states("infra"))
                .containsExactlyInAnyOrder(
                        "queued",
                        "sending",
                        "parked",
                        "unknown",
                        "queued",
                        "sending",
                        "delivered",
                        "parked",
                        "unknown",
                        "given-up");
    }

    @Test
    void farFromTheBanAllChannelsRest() {
        Queues queues = new Queues(
                DATABASE,
                channels,
                ledger,
                new Embeds(new com.fasterxml.jackson.databind.ObjectMapper()),
                TransactionOperations.withoutTransaction());
        write("infra", 1);
        write("ops", 2);
        DATABASE.sql(
                        """
                insert into feedhub.outgoing_attempt (outgoing, attempt, node, status, invalid)
                select id, n, 'a', 429, true from feedhub.outgoing, generate_series(1, 249) n""")
                .update();
        queues.keepAwayFromTheBan();
        assertThat(take(dispatch, List.of("ops"))).hasSize(1);
        record(new Envelope("ops", List.of()), answer(Kind.AGAIN, NONE));
        DATABASE.sql(
                        "insert into feedhub.outgoing_attempt (outgoing, attempt, node, status, invalid) select id, 250, 'a', 429, true from feedhub.outgoing")
                .update();
        queues.keepAwayFromTheBan();
        assertThat(take(dispatch, BOTH)).isEmpty();
    }

    private Envelope deliverNext() {
        Envelope envelope = take(dispatch, BOTH).get(0);
        record(envelope, delivered("m"));
        return envelope;
    }

    private Map<String, Duration> record(Envelope envelope, Answer answer) {
        return record(envelope, answer, false);
    }

    private Map<String, Duration> record(Envelope envelope, Answer answer, boolean repeats) {
        return dispatch.record(List.of(round(envelope, answer, repeats)));
    }

    private static Round round(Envelope envelope, Answer answer, boolean repeats) {
        return new Round(
                envelope.channel(), List.of(Sent.of(envelope, answer, repeats)), List.of(), Duration.ofMillis(1));
    }

    /** One post of each channel. */
    private static List<Envelope> take(Dispatch dispatch, List<String> channels) {
        return dispatch.take(channels.stream().collect(Collectors.toMap(name -> name, name -> 1)));
    }

    private void holdsRunOut() {
        DATABASE.sql("update feedhub.channel set busy_until = now() - interval '1 second' where busy_until > now()")
                .update();
    }

    private void write(String channel, int... numbers) {
        ledger.write(IntStream.of(numbers)
                .mapToObj(n -> LedgerTest.message(channel, n))
                .toList());
    }

    private static Outgoing folding(String flow, int n, int size) {
        return new Outgoing(flow, null, null, "infra", "{\"n\": " + n + "}", true, size);
    }

    private static List<Integer> numbers(Envelope envelope) {
        return envelope.messages().stream()
                .map(message -> Integer.valueOf(message.payload().replaceAll("\\D", "")))
                .toList();
    }

    private static Answer delivered(String id) {
        return new Answer(Kind.DELIVERED, 200, id, null, NONE);
    }

    private static Answer answer(Kind kind, Limits limits) {
        return new Answer(kind, null, null, "a reason", limits);
    }

    private List<String> states(String channel) {
        return DATABASE.sql("select state from feedhub.outgoing where channel = ? order by id")
                .param(channel)
                .query(String.class)
                .list();
    }

    private List<Integer> attempts(String channel) {
        return DATABASE.sql("select attempts from feedhub.outgoing where channel = ? order by id")
                .param(channel)
                .query(Integer.class)
                .list();
    }

    private List<List<Integer>> deliver(List<Envelope> taken) {
        List<Sent> sends = taken.stream()
                .map(envelope -> Sent.of(envelope, delivered("m"), false))
                .toList();
        dispatch.record(List.of(new Round("infra", sends, List.of(), Duration.ofMillis(1))));
        return taken.stream().map(DispatchTest::numbers).toList();
    }

    private long count(String sql) {
        return DATABASE.sql(sql).query(Long.class).single();
    }

    private Dispatch on(String node) {
        return new Dispatch(DATABASE, node, channels);
    }
}
