package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

class NoticesTest {
    private static final JdbcClient DATABASE =
            JdbcClient.create(TestDatabase.migrated().dataSource());

    /** Else whatever is told of would be undone: an edit's refusal, a flow's trouble. */
    @Test
    void whatIsToldInAChannelThatIsNotConfiguredIsNoFailure() {
        ObjectMapper json = new ObjectMapper();
        Channels channels = new Channels(
                Map.of("infra", new Channel("http://127.0.0.1:1/w", Guarantee.AT_MOST_ONCE)), Duration.ofDays(90));
        Ledger ledger = new Ledger(DATABASE);
        Dispatch dispatch = new Dispatch(DATABASE, "a", channels);
        Queues queues =
                new Queues(DATABASE, channels, ledger, new Embeds(json), TransactionOperations.withoutTransaction());
        Postman postman = new Postman(channels, new Discord(json), new Letter(new Json(json)), Clock.systemUTC());
        Courier courier =
                new Courier(channels, dispatch, queues, postman, new SimpleMeterRegistry(), Clock.systemUTC());
        Notices notices = new Notices(channels, new Outbox(channels, ledger, courier), new Embeds(json));
        notices.post("ops", "nobody hears of it", "", "warn");
        notices.post("infra", "somebody does", "", "warn");
        assertThat(ledger.newest(null, null, Long.MAX_VALUE, 10))
                .extracting(Delivery::channel)
                .containsExactly("infra");
    }
}
