package io.feedhub.flowtests;

import io.feedhub.database.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The tests' database: emptied, filled and read between the runs. */
@Component
@Profile("flow-tests")
final class Tables {
    /** What the hub knows of itself, whatever flows do. */
    private static final String KEPT =
            "'flyway_schema_history', 'flow_revision', 'flow_copy', 'schedule', 'node', 'channel', 'audit'";

    private final JdbcClient database;
    private final Json json;
    private final TransactionTemplate transactions;

    Tables(JdbcClient database, Json json, TransactionTemplate transactions) {
        this.database = database;
        this.json = json;
        this.transactions = transactions;
    }

    /** Empties every table that a flow could have written. */
    void empty() {
        transactions.executeWithoutResult(status -> deleteAll());
    }

    private void deleteAll() {
        database.sql("set local session_replication_role = replica").update(); // in any order, past foreign keys
        database.sql(
                        """
                do $$ declare t record; begin
                  for t in select schemaname, tablename from pg_tables
                           where schemaname in ('feedhub', 'public') and tablename not in (%s)
                  loop execute format('delete from %%I.%%I', t.schemaname, t.tablename); end loop;
                end $$"""
                                .formatted(KEPT))
                .update();
    }

    /** Sets SQL's now(); null for the real one. */
    void time(@Nullable Instant now) {
        database.sql("update flowtest.clock set at = ?")
                .param(now == null ? null : Timestamp.from(now))
                .update();
    }

    void fill(Map<String, List<Map<String, @Nullable Object>>> rows) {
        rows.forEach((table, list) -> list.forEach(row -> insert(table, row)));
    }

    void remember(String flow, Map<String, @Nullable Object> values) {
        values.forEach((name, value) ->
                insert("feedhub.state", Map.of("flow", flow, "name", name, "value", value == null ? Map.of() : value)));
    }

    void see(String flow, List<String> keys) {
        keys.forEach(key -> insert("feedhub.seen", Map.of("flow", flow, "key", key, "claim", "given")));
    }

    /** Every row of a table, as JSON has it. */
    List<Object> rows(String table) {
        return json("select to_jsonb(t) from " + name(table) + " t");
    }

    /** What a query of one jsonb column answers. */
    List<Object> json(String sql, Object... parameters) {
        return database.sql(sql).params(parameters).query(String.class).list().stream()
                .<Object>map(row -> json.read(row, Object.class))
                .toList();
    }

    private void insert(String table, Map<String, @Nullable Object> row) {
        String columns = row.keySet().stream().map(Tables::quoted).collect(Collectors.joining(", "));
        database.sql("insert into %s (%s) select %s from jsonb_populate_record(null::%s, ?::jsonb)"
                        .formatted(name(table), columns, columns, name(table)))
                .param(json.write(row))
                .update();
    }

    private static String name(String table) {
        return Stream.of(table.split("\\.", 2)).map(Tables::quoted).collect(Collectors.joining("."));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
