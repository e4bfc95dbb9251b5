package io.feedhub.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedhub.MovableClock;
import io.feedhub.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes beat on a database of their own; their clocks can be set. */
class HeartbeatTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final MovableClock clock = new MovableClock(Clock.systemUTC());
    private final List<Object> told = new CopyOnWriteArrayList<>();
    private final List<Heartbeat> beating = new ArrayList<>();
    private volatile boolean outOfMemory;
    private Lifeline lifeline;

    @BeforeEach
    void connect() {
        lifeline = new Lifeline(database.properties());
    }

    @AfterEach
    void stop() {
        beating.forEach(Heartbeat::stop);
        lifeline.destroy();
    }

    @Test
    void aLaptopThatSleptSaysSoAtItsNextBeat() {
        start("laptop");
        clock.move(Duration.ofSeconds(40));
        Awaitility.await().until(() -> !told.isEmpty());
        assertThat(told).singleElement().isInstanceOfSatisfying(Slept.class, slept -> assertThat(slept.gap())
                .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(100)));
    }

    @Test
    void anErrorDoesNotEndTheBeats() {
        start("full");
        outOfMemory = true;
        clock.move(Duration.ofSeconds(40));
        Awaitility.await().until(() -> !told.isEmpty());
        outOfMemory = false;
        clock.move(Duration.ofSeconds(40));
        Awaitility.await().until(() -> told.size() > 1);
    }

    @Test
    void aClockThatIsAnHourOffIsSeenThrough() {
        clock.move(Duration.ofHours(-1));
        Heartbeat node = start("wrong");
        assertThat(node.databaseTime()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        Awaitility.await().until(() -> skew("wrong") < -3_590_000);
    }

    @Test
    void aClockThatIsSetDoesNotMoveWhatAllNodesGoBy() {
        Heartbeat node = start("set");
        clock.move(Duration.ofHours(1));
        assertThat(node.databaseTime()).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
        clock.move(Duration.ofHours(-2));
        assertThat(node.databaseTime()).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
    }

    @Test
    void afterALeapOfTheClockANodeIsNotHeardUntilItsNextBeat() {
        Heartbeat node = node("leapt", Duration.ofSeconds(2)); // not so soon that it comes before the question
        node.start();
        Instant before = node.heardSince();
        clock.move(Duration.ofSeconds(40));
        assertThat(node.isHeard()).isFalse();
        Awaitility.await().until(node::isHeard);
        assertThat(node.heardSince()).isAfter(before);
    }

    @Test
    void aClockThatWasSetBackIsSaid() {
        start("back");
        clock.move(Duration.ofHours(-1));
        Awaitility.await().until(() -> !told.isEmpty());
        assertThat(told).singleElement().isInstanceOfSatisfying(SetBack.class, back -> assertThat(back.by())
                .isCloseTo(Duration.ofHours(1), Duration.ofSeconds(2)));
    }

    @Test
    void ofTwoProcessesWithOneNameTheNewerGoesOn() {
        Heartbeat older = start("twin");
        assertThat(older.isHeard()).isTrue();
        Heartbeat newer = start("twin");
        Awaitility.await().until(() -> !older.isHeard());
        assertThat(newer.isHeard()).isTrue();
    }

    @Test
    void aNodeThatIsStoppedHasLeft() {
        start("gone").stop();
        assertThat(sql.sql("select state from feedhub.node where name = 'gone'")
                        .query(String.class)
                        .single())
                .isEqualTo("left");
    }

    @Test
    void aNodeThatWasSilentForAMonthIsForgottenWhenAnotherStarts() {
        start("gone").stop();
        start("away").stop();
        sql.sql("update feedhub.node set beat_at = now() - interval '29 days'").update();
        sql.sql("update feedhub.node set beat_at = now() - interval '31 days' where name = 'gone'")
                .update();
        start("here");
        assertThat(new Peers(sql).all()).extracting(Peer::name).containsExactly("here", "away");
    }

    @Test
    void aNodeThatWasForgottenWhileItSleptEntersAgain() {
        Heartbeat node = start("sleeper");
        sql.sql("delete from feedhub.node").update();
        Awaitility.await().until(() -> !new Peers(sql).all().isEmpty());
        assertThat(node.isHeard()).isTrue();
    }

    @Test
    void aHubThatTakesLongToStartOrToStopIsNotTakenForBroken() {
        Heartbeat node = node("slow");
        assertThat(node.unheardFor()).isZero();
        node.start();
        assertThat(node.unheardFor()).isPositive().isLessThan(Duration.ofMinutes(1));
        node.stop();
        assertThat(node.unheardFor()).isZero();
    }

    private Heartbeat start(String name) {
        Heartbeat heartbeat = node(name);
        heartbeat.start();
        return heartbeat;
    }

    private Heartbeat node(String name) {
        return node(name, Duration.ofMillis(100));
    }

    private Heartbeat node(String name, Duration beat) {
        StaticListableBeanFactory nothing = new StaticListableBeanFactory();
        Registration registration = new Registration(
                lifeline,
                new Node(name, List.of()),
                nothing.getBeanProvider(RevisionSet.class),
                nothing.getBeanProvider(BuildProperties.class));
        Heartbeat heartbeat = new Heartbeat(registration, clock, this::tell, new SimpleMeterRegistry(), beat);
        beating.add(heartbeat);
        return heartbeat;
    }

    private void tell(Object event) {
        told.add(event);
        if (outOfMemory) {
            throw new OutOfMemoryError("as a test has it");
        }
    }

    private long skew(String name) {
        return sql.sql("select skew_ms from feedhub.node where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }
}
