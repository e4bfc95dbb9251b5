package io.feedhub.schedule;

import io.feedhub.schedule.TroublesChanged.Trouble;
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
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Limits limits;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();

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

    /** Judges the flows that something happened to. */
    void judge() {
        String[] flows = touched.toArray(String[]::new);
        touched.removeAll(Set.of(flows));
        if (flows.length == 0) {
            return;
        }
        try {
            transactions.executeWithoutResult(status -> record(flows));
        } catch (RuntimeException e) {
            touched.addAll(Set.of(flows)); // to be judged when the database is there again
            throw e;
        }
    }

    private void record(String[] flows) {
        List<Change> changes = database.sql(
                        """
                with judged as (
                  select s.flow, s.trouble as before, feedhub.flow_trouble(s.flow, s.silence, ?) as after
                  from feedhub.schedule s where s.flow = any (?) order by s.flow for update)
                update feedhub.schedule s
                set trouble = after, trouble_since = case when after is null then null else clock_timestamp() end
                from judged j where j.flow = s.flow and (before is null) <> (after is null)
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
