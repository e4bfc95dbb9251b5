package io.feedhub.connectors.gemini;

import io.feedhub.connectors.http.PacificDay;
import io.feedhub.runs.RunMark;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The meter: what each call cost, and whether the day's budgets still have room. Calls under way may overshoot. */
@Component
public final class Usage {
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

    /**
     * Nothing, when there is room.
     *
     * @throws BudgetSpent when all flows together, or this one, have used up the day's tokens
     */
    void requireBudget(String flow) {
        Spent spent = database.sql(
                        """
                select coalesce(sum(input_tokens + output_tokens), 0) as by_all,
                       coalesce(sum(input_tokens + output_tokens) filter (where flow = :flow), 0) as by_flow
                from feedhub.llm_usage where at >= :midnight""")
                .param("flow", flow)
                .param("midnight", Timestamp.from(PacificDay.of(clock.instant()).begin()))
                .query(Spent.class)
                .single();
        if (spent.byAll() >= settings.dailyTokens()) {
            throw new BudgetSpent("Gemini's", spent.byAll(), settings.dailyTokens());
        }
        if (spent.byFlow() >= settings.tokensOf(flow)) {
            throw new BudgetSpent("the flow's", spent.byFlow(), settings.tokensOf(flow));
        }
    }

    /** What each flow has used of each model since the day's counters began. */
    public Spending today() {
        Instant midnight = PacificDay.of(clock.instant()).begin();
        return new Spending(
                midnight,
                settings.dailyTokens(),
                database.sql(
                                """
                        select flow, model, count(*) as calls, sum(input_tokens + output_tokens) as tokens
                        from feedhub.llm_usage where at >= ? group by 1, 2 order by 4 desc, 1, 2""")
                        .param(Timestamp.from(midnight))
                        .query(FlowSpending.class)
                        .list());
    }

    /** Until Google's counters begin anew. */
    Duration untilMidnight() {
        Instant now = clock.instant();
        return Duration.between(now, PacificDay.of(now).end());
    }

    /** Writes a call down, and forgets a few of those that are older than they are kept. */
    void record(RunMark asker, String model, long input, long output, String finish) {
        Instant now = clock.instant();
        database.sql(
                        """
                with forgotten as (
                  delete from feedhub.llm_usage where id in (
                    select id from feedhub.llm_usage where at < ? order by at limit 100))
                insert into feedhub.llm_usage (flow, run, model, input_tokens, output_tokens, finish, at)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .param(Timestamp.from(now.minus(settings.keepUsage())))
                .params(asker.flow(), asker.run(), model, input, output, finish, Timestamp.from(now))
                .update();
        meters.counter("feedhub.llm.tokens", "kind", "input").increment((double) input);
        meters.counter("feedhub.llm.tokens", "kind", "output").increment((double) output);
    }

    private record Spent(long byAll, long byFlow) {}
}
