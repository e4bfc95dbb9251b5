package io.feedhub.state;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code feedhub.state} and what it held before, in {@code feedhub.state_version}. Thread-safe. */
@Component
public final class VariableTable {
    private static final String COLUMNS = "name, version, value, run, origin, updated_at";
    private static final String VERSIONS =
            """
            select %1$s from feedhub.state where flow = :flow and name = :name
            union all
            select %1$s from feedhub.state_version where flow = :flow and name = :name"""
                    .formatted(COLUMNS);

    private final JdbcClient database;

    /** The tables of a database. */
    public VariableTable(JdbcClient database) {
        this.database = database;
    }

    /**
     * Writes the next version. A value that is there already stays as it is, and an import keeps what others wrote.
     *
     * @param value JSON
     * @param origin flow, operator or import
     * @return how many versions it wrote
     */
    public int write(String flow, String name, String value, @Nullable Long run, String origin) {
        return database.sql(
                        """
                insert into feedhub.state (flow, name, value, run, origin, version)
                values (:flow, :name, :value::jsonb, :run, :origin,
                        1 + coalesce((select max(version) from feedhub.state_version where flow = :flow and name = :name), 0))
                on conflict (flow, name) do update
                set value = excluded.value, run = excluded.run, origin = excluded.origin,
                    version = state.version + 1, updated_at = now()
                where state.value <> excluded.value and (state.origin = 'import' or excluded.origin <> 'import')""")
                .param("flow", flow)
                .param("name", name)
                .param("value", value)
                .param("run", run)
                .param("origin", origin)
                .update();
    }

    /** What a variable holds, as JSON; empty when there is none. */
    Optional<String> value(String flow, String name) {
        return database.sql("select value from feedhub.state where flow = ? and name = ?")
                .params(flow, name)
                .query(String.class)
                .optional();
    }

    /** Whether a variable, which there is, holds this value, however its JSON is written. */
    public boolean holds(String flow, String name, String value) {
        return database.sql("select value = ?::jsonb from feedhub.state where flow = ? and name = ?")
                .params(value, flow, name)
                .query(Boolean.class)
                .single();
    }

    /** Takes a variable away, and answers what it held; empty when there was none. */
    Optional<String> remove(String flow, String name) {
        return database.sql("delete from feedhub.state where flow = ? and name = ? returning value")
                .params(flow, name)
                .query(String.class)
                .optional();
    }

    List<Variable> of(String flow) {
        return database.sql("select " + COLUMNS + " from feedhub.state where flow = ? order by name")
                .param(flow)
                .query(Variable::of)
                .list();
    }

    /** What a variable holds and held, newest first; at most 100 versions. */
    List<Variable> versions(String flow, String name) {
        return database.sql(VERSIONS + " order by version desc limit 100")
                .param("flow", flow)
                .param("name", name)
                .query(Variable::of)
                .list();
    }

    /** One of all that it holds and held. */
    Optional<Variable> version(String flow, String name, long version) {
        return database.sql("select * from (" + VERSIONS + ") v where version = :version")
                .param("flow", flow)
                .param("name", name)
                .param("version", version)
                .query(Variable::of)
                .optional();
    }
}
