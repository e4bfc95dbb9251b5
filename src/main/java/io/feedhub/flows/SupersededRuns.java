package io.feedhub.flows;

import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Closes runs that a newer revision does not wait for. From then on the database refuses their writes, so what they had not
 * committed stays unclaimed and comes again.
 */
@Component
final class SupersededRuns {
    private final JdbcClient database;

    SupersededRuns(JdbcClient database) {
        this.database = database;
    }

    void close(List<Exchange> inFlight) {
        Long[] runs = inFlight.stream()
                .map(exchange -> exchange.getProperty("feedhub.run", Long.class))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(Long[]::new);
        database.sql(
                        """
                update feedhub.occurrence
                set outcome = 'failed', ended_at = clock_timestamp(), error = 'superseded: a newer revision went live'
                where id = any (?) and outcome = 'running'""")
                .param(runs)
                .update();
    }
}
