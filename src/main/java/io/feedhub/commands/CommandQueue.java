package io.feedhub.commands;

import io.feedhub.database.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code command_queue}, as those see it who ask. Anyone who can write the table can ask; what runs, and how, is
 * decided by the machine that takes the row. Whom the hub itself let ask, and for what, it writes into a table of its own as
 * well, which flows cannot write: only those rows count as asked by the role that they name.
 */
@Component
public final class CommandQueue {
    private final JdbcClient database;
    private final CommandRow row;
    private final Json json;
    private final TransactionTemplate transactions;

    CommandQueue(JdbcClient database, CommandRow row, Json json, TransactionTemplate transactions) {
        this.database = database;
        this.row = row;
        this.json = json;
        this.transactions = transactions;
    }

    /**
     * Asks for a command.
     *
     * @param key an idempotency key, or null; a second request with the same key is the first one
     * @return the row's number; empty when the key was used for another request
     */
    public Optional<Long> add(
            String onMachine,
            String command,
            Map<String, ?> arguments,
            String requestedBy,
            String role,
            @Nullable String key) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("machine", onMachine);
        row.put("command", command);
        row.put("arguments", json.write(arguments));
        row.put("by", requestedBy);
        row.put("role", role);
        row.put("key", key);
        return transactions.execute(status -> {
            forgetWarrants();
            return add(row);
        });
    }

    private Optional<Long> add(Map<String, @Nullable Object> row) {
        return id(
                        """
                with asked as (
                  insert into command_queue (machine, command, arguments, requested_by, role, source, idempotency_key)
                  values (:machine, :command, :arguments::jsonb, :by, :role, 'api', :key)
                  on conflict (idempotency_key) do nothing returning id)
                insert into feedhub.command_warrant (id, machine, command, arguments, requested_by, role)
                select id, :machine, :command, :arguments::jsonb, :by, :role from asked
                on conflict (id) do update set machine = excluded.machine, command = excluded.command,
                  arguments = excluded.arguments, requested_by = excluded.requested_by, role = excluded.role
                returning id""",
                        row)
                // a statement of its own: the first does not see what was written while it waited for it
                .or(() -> id(
                        """
                        select id from command_queue where idempotency_key = :key and machine = :machine
                        and command = :command and arguments = :arguments::jsonb and requested_by = :by""",
                        row));
    }

    /** Those of commands that have ended, or are gone. Whoever else is at it takes the others, and waits for nobody. */
    private void forgetWarrants() {
        database.sql(
                        """
                delete from feedhub.command_warrant where id in (
                  select w.id from feedhub.command_warrant w
                  where not exists (select from command_queue q where q.id = w.id and q.ended_at is null)
                  for update skip locked)""")
                .update();
    }

    private Optional<Long> id(String sql, Map<String, @Nullable Object> row) {
        return database.sql(sql).params(row).query(Long.class).optional();
    }

    /**
     * Rows, newest first, each with at most the first 2,000 characters of its output and of its errors; {@link #find} has
     * all of them.
     *
     * @param onMachine only of this machine, or null for all
     * @param status only with this status, or null for all
     * @param before only with smaller numbers than this: where the previous page ended
     * @param limit how many at most
     */
    public List<QueuedCommand> newest(@Nullable String onMachine, @Nullable String status, long before, int limit) {
        return database.sql(
                        """
                select id, machine, command, arguments, requested_by, role, source, status, attempts, requested_at,
                  started_at, ended_at, exit_code, left(output, 2000) as output, left(errors, 2000) as errors,
                  truncated, reason
                from command_queue
                where id < :before and (:machine::text is null or machine = :machine)
                  and (:status::text is null or status = :status)
                order by id desc limit :limit""")
                .param("before", before)
                .param("machine", onMachine)
                .param("status", status)
                .param("limit", limit)
                .query(row)
                .list();
    }

    /** One row by its number, with all of its output that is kept. */
    public Optional<QueuedCommand> find(long id) {
        return database.sql("select * from command_queue where id = ?")
                .param(id)
                .query(row)
                .optional();
    }
}
