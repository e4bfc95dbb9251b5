package io.feedhub.schedule;

import io.feedhub.schedule.TroublesChanged.Trouble;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees to it that somebody is told when a flow is missed, fails again and again, is silent or slow: once when that begins
 * and once when it is over. The flow's row says which of the two was told last, so nodes do not repeat each other.
 */
@Component
final class Troubles {
    /** Judging a flow reads its last hundred runs: of many flows whose runs are done, only a share is judged at a time. */
    private static final int SHARES = 6;

    private static final int FEW = 100;

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Limits limits;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final Set<String> done = Collections.synchronizedSet(new LinkedHashSet<>());

    Troubles(JdbcClient database, TransactionTemplate transactions, ApplicationEventPublisher events, Limits limits) {
        this.database = database;
        this.transactions = transactions;
        this.events = events;
        this.limits = limits;
    }

    /** Something happened to the flow; it is judged at the next {@link #judge}. */
    void touch(String flow) {
        touched.add(flow);
    }

    /** A run has ended. If it is done its flow is judged soon, since it can be silent or slow. */
    void ended(String flow, boolean well) {
        (well ? done : touched).add(flow);
    }

    /** Judges the flows that something happened to, and a share of those whose runs are done. */
    void judge() {
        Set<String> flows = new HashSet<>(touched);
        touched.removeAll(flows);
        flows.addAll(share());
        done.removeAll(flows);
        if (flows.isEmpty()) {
            return;
        }
        try {
            transactions.executeWithoutResult(status -> record(flows.toArray(String[]::new)));
        } catch (RuntimeException e) {
            touched.addAll(flows); // to be judged when the database is there again
            throw e;
        }
    }

    /** Those that have waited longest. */
    private List<String> share() {
        synchronized (done) {
            return done.stream().limit(Math.max(FEW, done.size() / SHARES)).toList();
        }
    }

    private void record(String[] flows) {
        List<Change> changes = database.sql(
                        """
                with judged as (
                  select s.flow, s.trouble as before, s.paused,
                         feedhub.flow_trouble(s.flow, s.silence, ?, s.resumed_at) as after
                  from feedhub.schedule s where s.flow = any (?) order by s.flow for update)
                update feedhub.schedule s
                set trouble = after, trouble_since = case when after is null then null else clock_timestamp() end
                from judged j where j.flow = s.flow and (before is null) <> (after is null)
                  and not (j.paused and coalesce(after, '') like 'silent:%')
                returning s.flow, before, after""")
                .params(limits.failuresInARow(), flows)
                .query((row, number) ->
                        new Change(row.getString("flow"), row.getString("before"), row.getString("after")))
                .list();
        if (!changes.isEmpty()) {
            events.publishEvent(new TroublesChanged(
                    changes.stream()
                            .filter(change -> change.after() != null)
                            .map(change -> new Trouble(change.flow(), String.valueOf(change.after())))
                            .toList(),
                    changes.stream()
                            .filter(change -> change.after() == null)
                            .map(change -> new Trouble(change.flow(), String.valueOf(change.before())))
                            .toList()));
        }
    }

    private record Change(String flow, @Nullable String before, @Nullable String after) {}
}
