package io.feedhub.state;

import io.feedhub.database.Storable;
import io.feedhub.runs.RunMark;
import java.util.Collection;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code #seen}: the keys that flows have dealt with, one bean for all flows, kept apart by flow.
 *
 * <p>A key is added with one statement, in the transaction of the item, so that it commits with the item's rows and
 * messages. A racing loser waits for the winner's commit and is then told "seen"; it gets no exception.
 * An item that fails before its commit leaves no key, one that fails after it leaves its own. Thread-safe.
 */
@Component("seen")
final class SeenKeys extends ServiceSupport implements IdempotentRepository {
    private final JdbcClient database;
    private final SeenTable table;

    SeenKeys(JdbcClient database, SeenTable table) {
        this.database = database;
        this.table = table;
    }

    /**
     * Those of the keys that the flow has not dealt with, with one query. It looks each key up by itself: a join would, by
     * statistics of an hour in which the flow knew few, read all that it knows.
     */
    Set<String> unseen(String flow, Collection<String> keys) {
        return keys.isEmpty()
                ? Set.of()
                : database.sql(
                                """
                select key from unnest(?::text[]) key
                where (select true from feedhub.seen s where s.flow = ? and s.key = key.key limit 1) is null""")
                        .param(1, keys.toArray(String[]::new))
                        .param(2, flow)
                        .query(String.class)
                        .set();
    }

    /**
     * Adds many keys in the transaction around it.
     *
     * @return the keys that are new
     */
    Set<String> claim(Exchange exchange, Collection<String> keys) {
        return keys.isEmpty() ? Set.of() : table.add(writer(exchange).flow(), exchange.getExchangeId(), keys);
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        return database.sql("insert into feedhub.seen (flow, key, claim) values (?, ?, ?) on conflict do nothing")
                        .params(writer(exchange).flow(), Storable.text(key), exchange.getExchangeId())
                        .update()
                == 1;
    }

    @Override
    public boolean contains(Exchange exchange, String key) {
        return database.sql("select exists (select 1 from feedhub.seen where flow = ? and key = ?)")
                .params(flow(exchange), Storable.text(key))
                .query(Boolean.class)
                .single();
    }

    /**
     * Camel asks for this when an exchange fails at any time. What its transaction wrote is gone with the key if that did not
     * commit; if it did, the item has taken effect, and without its key it would again.
     */
    @Override
    public boolean remove(Exchange exchange, String key) {
        return false;
    }

    @Override
    public boolean confirm(Exchange exchange, String key) {
        return true; // the commit confirms
    }

    @Override
    public boolean add(String key) {
        throw withoutExchange();
    }

    @Override
    public boolean contains(String key) {
        throw withoutExchange();
    }

    @Override
    public boolean remove(String key) {
        throw withoutExchange();
    }

    @Override
    public boolean confirm(String key) {
        throw withoutExchange();
    }

    @Override
    public void clear() {
        throw new IllegalStateException("one bean serves all flows; delete from feedhub.seen where flow = …");
    }

    private static IllegalStateException withoutExchange() {
        return new IllegalStateException("a key belongs to a flow, and only the exchange knows which");
    }

    /** Who adds, and in a transaction: without one a crash between the key and the item's effect would lose the item. */
    private static RunMark writer(Exchange exchange) {
        if (!RunTransaction.isActive()) {
            throw new IllegalStateException(
                    "a key becomes seen together with its item: put the step inside policy one-transaction or in-batches");
        }
        return RunMark.of(exchange);
    }

    private static String flow(Exchange exchange) {
        return RunMark.of(exchange).flow();
    }
}
