package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.RunningHub;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class RunTransactionTest {
    @TempDir
    private Path routes;

    /** It takes no further step, so a transaction that is open then may have seen half of its steps. */
    @Test
    void aRunThatIsGivenUpKeepsNothingOfItsOpenTransaction() throws InterruptedException {
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            AtomicBoolean givenUp = new AtomicBoolean();
            Exchange exchange = new DefaultExchange(hub.bean(CamelContext.class));
            BooleanSupplier asked = givenUp::get;
            exchange.setProperty("feedhub.givenUp", asked);
            RunTransaction transaction = hub.bean(RunTransaction.class);
            assertThatThrownBy(() -> transaction.run(exchange, steps -> {
                        insert(hub, "half");
                        givenUp.set(true);
                    }))
                    .isInstanceOf(LostClaim.class);
            givenUp.set(false);
            transaction.run(exchange, steps -> insert(hub, "whole"));
            assertThat(hub.database()
                            .sql("select service from service_health")
                            .query(String.class)
                            .list())
                    .containsExactly("whole");
        }
    }

    private static void insert(RunningHub hub, String service) {
        hub.bean(JdbcClient.class)
                .sql("insert into service_health (service, status) values (?, 'down')")
                .param(service)
                .update();
    }
}
