package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.MovableClock;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.support.TransactionOperations;

class BacklogTest {
    private final MovableClock clock = new MovableClock(Clock.fixed(Instant.EPOCH.plusSeconds(60), ZoneOffset.UTC));
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aDatabaseThatIsAwayIsWaitedForOnceForAllChannels() {
        Channel channel = new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE);
        Channels channels = new Channels(Map.of("infra", channel, "ops", channel), Duration.ofDays(90));
        JdbcClient away = JdbcClient.create(new Away());
        Queues queues = new Queues(
                away,
                channels,
                new Ledger(away),
                new Embeds(new ObjectMapper()),
                TransactionOperations.withoutTransaction());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new Backlog(channels, queues, clock).bindTo(meters);
        assertThat(meters.find("feedhub.outgoing.backlog").gauges())
                .hasSize(2)
                .extracting(Gauge::value)
                .containsOnly(Double.NaN);
        assertThat(asked).hasValue(1);
        clock.move(Duration.ofHours(-1));
        assertThat(meters.find("feedhub.outgoing.backlog").gauges())
                .extracting(Gauge::value)
                .containsOnly(Double.NaN);
        assertThat(asked).as("after the clock was set back").hasValue(2);
    }

    /** A database to which no connection is had within five seconds. */
    private final class Away extends AbstractDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            clock.move(Duration.ofSeconds(5));
            throw new SQLException("no connection");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
