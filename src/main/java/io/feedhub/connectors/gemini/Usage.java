package io.feedhub.connectors.gemini;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneId;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The meter: what each call cost, and whether the day's budget still has room. */
@Component
final class Usage {
    /** Google's daily quotas reset at midnight Pacific. */
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private final JdbcClient database;
    private final GeminiSettings settings;
    private final Clock clock;
    private final MeterRegistry meters;

    Usage(JdbcClient database, GeminiSettings settings, Clock clock, MeterRegistry meters) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    void requireBudget() {
        Timestamp midnight = Timestamp.from(clock.instant()
                .atZone(PACIFIC)
                .toLocalDate()
                .atStartOfDay(PACIFIC)
                .toInstant());
        long spent = database.sql(
                        "select coalesce(sum(input_tokens + output_tokens), 0) from feedhub.llm_usage where at >= ?")
                .param(midnight)
                .query(Long.class)
                .single();
        if (spent >= settings.dailyTokens()) {
            throw new BudgetSpent(spent, settings.dailyTokens());
        }
    }

    void record(Exchange exchange, String model, int input, int output, String finish) {
        database.sql(
                        """
                insert into feedhub.llm_usage (flow, run, model, input_tokens, output_tokens, finish, at)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class),
                        exchange.getProperty("feedhub.run", Long.class),
                        model,
                        input,
                        output,
                        finish,
                        Timestamp.from(clock.instant()))
                .update();
        meters.counter("feedhub.llm.tokens", "kind", "input").increment(input);
        meters.counter("feedhub.llm.tokens", "kind", "output").increment(output);
    }
}
