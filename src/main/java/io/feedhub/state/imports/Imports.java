package io.feedhub.state.imports;

import io.feedhub.database.Json;
import io.feedhub.database.Storable;
import io.feedhub.state.SeenTable;
import io.feedhub.state.VariableTable;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes imported state down, all or nothing; the same twice is the same once. Thread-safe. */
@Component
public final class Imports {
    private final JdbcClient database;
    private final VariableTable variables;
    private final SeenTable seen;
    private final TransactionTemplate transactions;
    private final Json json;

    Imports(JdbcClient database, VariableTable variables, SeenTable seen, TransactionTemplate transactions, Json json) {
        this.database = database;
        this.variables = variables;
        this.seen = seen;
        this.transactions = transactions;
        this.json = json;
    }

    /** Writes the entries and where they came from. What a flow has written itself since is kept. */
    public List<Outcome> apply(List<Entry> entries) {
        return transactions.execute(status -> entries.stream().map(this::apply).toList());
    }

    private Outcome apply(Entry entry) {
        String value = text(entry.value());
        Outcome outcome = entry.isSeen() ? seen(entry) : variable(entry, value);
        database.sql(
                        """
                insert into feedhub.import (flow, name, kind, file, copies, entries, fingerprint, sources)
                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict do nothing""")
                .params(
                        entry.flow(),
                        entry.name(),
                        entry.kind(),
                        entry.file(),
                        entry.copies(),
                        entry.sources().size(),
                        DigestUtils.sha256Hex(entry.kind() + value),
                        text(entry.sources()))
                .update();
        return outcome;
    }

    private Outcome seen(Entry entry) {
        List<String> ids = StreamSupport.stream(entry.value().spliterator(), false)
                .map(id -> Storable.text(id.asText()))
                .toList();
        int added = seen.add(entry.flow(), "import", ids).size();
        return new Outcome(entry.flow(), entry.name(), added, ids.size() - added, "");
    }

    private Outcome variable(Entry entry, String value) {
        int written = variables.write(entry.flow(), entry.name(), value, null, "import");
        boolean same = variables.holds(entry.flow(), entry.name(), value);
        return new Outcome(
                entry.flow(), entry.name(), written, 1 - written, same ? "" : "kept what the flow has written since");
    }

    private String text(Object value) {
        return Storable.json(json.write(value)); // as a flow would write it
    }

    /**
     * What became of an entry.
     *
     * @param flow the flow
     * @param name the variable, or {@code seen}
     * @param written how many keys or values are new
     * @param unchanged how many were there already
     * @param note why something was not written, or empty
     */
    public record Outcome(String flow, String name, int written, int unchanged, String note) {}
}
