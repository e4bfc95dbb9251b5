package io.feedhub.console.rest;

import io.feedhub.connectors.http.PacificDay;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/models}: what the models cost since midnight Pacific, when their quotas begin anew. */
@RestController
final class ModelsApi {
    private final JdbcClient database;
    private final Clock clock;
    private final long budget;

    ModelsApi(JdbcClient database, Clock clock, @Value("${feedhub.gemini.daily-tokens:2000000}") long budget) {
        this.database = database;
        this.clock = clock;
        this.budget = budget;
    }

    @GetMapping("/api/models")
    Spending today() {
        Instant midnight = PacificDay.of(clock.instant()).begin();
        List<FlowSpending> flows = database.sql(
                        """
                select flow, model, count(*) as calls, sum(input_tokens + output_tokens) as tokens
                from feedhub.llm_usage where at >= ? group by 1, 2 order by 4 desc, 1, 2""")
                .param(Timestamp.from(midnight))
                .query(FlowSpending.class)
                .list();
        return new Spending(
                midnight, budget, flows.stream().mapToLong(FlowSpending::tokens).sum(), flows, null);
    }

    /**
     * @param since midnight Pacific
     * @param budget tokens of all flows together
     * @param next always null: all flows are on it
     */
    record Spending(Instant since, long budget, long tokens, List<FlowSpending> items, @Nullable String next) {}

    /**
     * @param model CACHED for answers that were kept from before
     */
    record FlowSpending(String flow, String model, long calls, long tokens) {}
}
