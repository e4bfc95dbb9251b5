package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import io.feedhub.delivery.Ledger.Answer;
import io.feedhub.delivery.Ledger.Envelope;
import io.feedhub.nodes.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LedgerTest {
    private final JdbcClient database =
            JdbcClient.create(TestDatabase.migrated().dataSource());
    private final Ledger ledger = on("a");

    @Test
    void aChannelSendsInOrderAndOneAtATime() {
        ledger.write("f", 1L, "infra", "{\"n\": 1}");
        ledger.write("f", 1L, "infra", "{\"n\": 2}");
        Envelope first = ledger.take("infra").orElseThrow();
        assertThat(first.payload()).contains("1");
        assertThat(on("b").take("infra")).as("while a sends").isEmpty();
        ledger.record(first, new Answer("delivered", 200, "m1", null, Duration.ZERO));
        assertThat(on("b").take("infra").orElseThrow().payload()).contains("2");
    }

    @Test
    void aMessageThatMustWaitHoldsUpThoseBehindIt() {
        ledger.write("f", 1L, "infra", "{}");
        ledger.write("f", 1L, "infra", "{}");
        ledger.record(
                ledger.take("infra").orElseThrow(), new Answer("pending", 429, null, "limited", Duration.ofMinutes(1)));
        assertThat(ledger.take("infra")).isEmpty();
    }

    @Test
    void whatAKilledNodeWasSendingIsUnknownAndGoesOutOnlyWhenAPersonSaysSo() {
        ledger.write("f", 1L, "infra", "{}");
        long id = ledger.take("infra").orElseThrow().id();
        assertThat(on("b").closeInterrupted()).isZero();
        assertThat(ledger.closeInterrupted()).isEqualTo(1);
        assertThat(ledger.newest("unknown", "infra", Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(ledger.take("infra")).isEmpty();
        assertThat(ledger.retry(id)).isTrue();
        assertThat(ledger.take("infra").orElseThrow().attempt()).isEqualTo(2);
    }

    @Test
    void aDeliveredMessageCannotBeSentAgain() {
        ledger.write("f", 1L, "infra", "{}");
        Envelope envelope = ledger.take("infra").orElseThrow();
        ledger.record(envelope, new Answer("delivered", 200, "m1", null, Duration.ZERO));
        assertThat(ledger.retry(envelope.id())).isFalse();
    }

    private Ledger on(String node) {
        return new Ledger(database, new Node(node, List.of()));
    }
}
