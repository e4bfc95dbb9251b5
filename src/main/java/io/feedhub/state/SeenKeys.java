package io.feedhub.state;

import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code #seen}: the keys that flows have dealt with, one bean for all flows, kept apart by flow.
 *
 * <p>A key is added with one statement, in the transaction of the item when there is one, so that it commits with the
 * item's rows and messages. A racing loser waits for the winner's commit and is then told "seen"; it gets no exception.
 * Each key carries the exchange that wrote it, so a failed item takes back only its own. Thread-safe.
 */
@Component("seen")
final class SeenKeys extends ServiceSupport implements IdempotentRepository {
    private final JdbcClient database;

    SeenKeys(JdbcClient database) {
        this.database = database;
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        return database.sql("insert into feedhub.seen (flow, key, claim) values (?, ?, ?) on conflict do nothing")
                        .params(flow(exchange), key, exchange.getExchangeId())
                        .update()
                == 1;
    }

    @Override
    public boolean contains(Exchange exchange, String key) {
        return database.sql("select exists (select 1 from feedhub.seen where flow = ? and key = ?)")
                .params(flow(exchange), key)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean remove(Exchange exchange, String key) {
        return database.sql("delete from feedhub.seen where flow = ? and key = ? and claim = ?")
                        .params(flow(exchange), key, exchange.getExchangeId())
                        .update()
                == 1;
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

    private static String flow(Exchange exchange) {
        String flow = exchange.getProperty("feedhub.flow", exchange.getFromRouteId(), String.class);
        return flow == null ? "" : flow;
    }
}
