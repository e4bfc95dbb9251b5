package io.feedhub.mesh;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Which services must be left alone for a while, told by one machine to all, in {@code machine_context_cache}. Thread-safe. */
@Component
public final class RateLimits {
    private static final String KEY = "rate-limit:";

    private final JdbcClient database;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;

    RateLimits(JdbcClient database, ApplicationEventPublisher events, TransactionTemplate transactions) {
        this.database = database;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Tells all machines. A limit that is known is only ever made longer; the first word of one is published as a
     * {@link RateLimit}, in the transaction.
     *
     * @param rest how long the service must be left alone, from now on
     * @return the limit as it now holds
     */
    public RateLimit tell(String service, Duration rest, String machine) {
        return transactions.execute(status -> note(service, rest, machine));
    }

    private RateLimit note(String service, Duration rest, String machine) {
        takeTurn(service);
        boolean known = active().stream().anyMatch(limit -> limit.service().equals(service));
        Instant holds = database.sql(
                        """
                insert into machine_context_cache as c (machine, key, value, expires_at)
                values ('*', :key, jsonb_build_object('service', :service::text, 'machine', :machine::text),
                        clock_timestamp() + make_interval(secs => :rest))
                on conflict (machine, key) do update
                set expires_at = greatest(c.expires_at, excluded.expires_at), value = excluded.value, updated_at = now()
                returning expires_at""")
                .param("key", KEY + service)
                .param("service", service)
                .param("machine", machine)
                .param("rest", rest.toSeconds())
                .query(Timestamp.class)
                .single()
                .toInstant();
        RateLimit limit = new RateLimit(service, holds, machine);
        if (!known) {
            events.publishEvent(limit);
        }
        return limit;
    }

    /** Machines meet a limit together; only the first of them may count as the first. */
    private void takeTurn(String service) {
        database.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(KEY + service)
                .query((row, number) -> true)
                .single();
    }

    /** The limits that hold now. */
    public List<RateLimit> active() {
        return database.sql(
                        """
                select value ->> 'service' as service, expires_at, value ->> 'machine' as machine
                from machine_context_cache
                where machine = '*' and key like 'rate-limit:%' and expires_at > clock_timestamp() order by key""")
                .query((row, number) -> new RateLimit(
                        row.getString("service"), row.getTimestamp("expires_at").toInstant(), row.getString("machine")))
                .list();
    }
}
