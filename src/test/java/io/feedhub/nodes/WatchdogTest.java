package io.feedhub.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.feedhub.database.UnpooledConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.info.BuildProperties;

class WatchdogTest {
    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void theProcessEndsWhenTheDatabaseAnswersAndNoHeartbeatWorks() {
        look(Duration.ofSeconds(61), true);
        assertThat(ends).hasValue(1);
    }

    @Test
    void aDatabaseThatHasJustComeBackLeavesTheHeartbeatTheTimeToNotice() {
        Deque<Duration> silences = new ArrayDeque<>(List.of(
                Duration.ofSeconds(120), Duration.ofSeconds(125), Duration.ofSeconds(130), Duration.ofSeconds(1)));
        Watchdog watchdog = new Watchdog(
                () -> silences.size() > 1 ? silences.removeFirst() : silences.getFirst(),
                () -> true,
                ends::incrementAndGet);
        for (int look = 0; look < 8; look++) {
            watchdog.look();
        }
        assertThat(ends).hasValue(0);
    }

    @Test
    void itWaitsWhileTheDatabaseIsAway() {
        look(Duration.ofHours(1), false);
        assertThat(ends).hasValue(0);
    }

    @Test
    void itIsPatientForAMinute() {
        look(Duration.ofSeconds(59), true);
        assertThat(ends).hasValue(0);
    }

    /** As a machine that is frozen does, or a pooler whose database is gone. */
    @Test
    void aDatabaseThatTakesConnectionsAndStaysSilentDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DataSourceProperties database = new DataSourceProperties();
            database.setUrl("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/none");
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThat(Watchdog.answers(new UnpooledConnections(database)))
                            .isFalse());
        }
    }

    /** Seen with 64 flows on a busy machine: the hub ended itself before it had begun to beat. */
    @Test
    void aHubThatStartsSlowlyIsNotTakenForSilent() {
        DataSourceProperties database = new DataSourceProperties();
        database.setUrl("jdbc:postgresql://127.0.0.1:1/none"); // never asked
        StaticListableBeanFactory none = new StaticListableBeanFactory();
        Lifeline lifeline = new Lifeline(database);
        Registration registration = new Registration(
                lifeline,
                new Node("a", List.of()),
                none.getBeanProvider(RevisionSet.class),
                none.getBeanProvider(BuildProperties.class));
        Heartbeat heartbeat = new Heartbeat(registration, Clock.systemUTC(), event -> {}, new SimpleMeterRegistry());
        assertThat(heartbeat.unheardFor()).isZero();
        lifeline.destroy();
    }

    private void look(Duration unheard, boolean databaseAnswers) {
        Watchdog watchdog = new Watchdog(() -> unheard, () -> databaseAnswers, ends::incrementAndGet);
        for (int look = 0; look < 5; look++) {
            watchdog.look();
        }
    }
}
