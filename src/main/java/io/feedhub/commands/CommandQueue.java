package io.feedhub.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.nodes.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table {@code command_queue}. Anyone who can write the table can ask; what runs, and how, is decided by the machine
 * that takes the row. A row is taken by its own machine only, with a lease, and begun at most once: when the machine dies
 * in between, the row becomes {@code unknown}, or is queued again if its command may be repeated.
 */
@Component
public class CommandQueue {
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

    private final JdbcClient database;
    private final NamedCommands commands;
    private final ApplicationEventPublisher events;
    private final ObjectMapper json;
    private final String machine;

    CommandQueue(
            JdbcClient database,
            NamedCommands commands,
            ApplicationEventPublisher events,
            ObjectMapper json,
            Node node) {
        this.database = database;
        this.commands = commands;
        this.events = events;
        this.json = json;
        this.machine = node.name();
    }

    /**
     * Asks for a command.
     *
     * @param key an idempotency key, or null; a second request with the same key is the first one
     * @return the row's number
     */
    @Transactional
    public long add(
            String onMachine,
            String command,
            Map<String, ?> arguments,
            String requestedBy,
            String role,
            @Nullable String key) {
        return database.sql(
                        """
                with asked as (
                  insert into command_queue (machine, command, arguments, requested_by, role, source, idempotency_key)
                  values (:machine, :command, :arguments::jsonb, :by, :role, 'api', :key)
                  on conflict (idempotency_key) do nothing returning id)
                select id from asked union all select id from command_queue where idempotency_key = :key limit 1""")
                .param("machine", onMachine)
                .param("command", command)
                .param("arguments", write(arguments))
                .param("by", requestedBy)
                .param("role", role)
                .param("key", key)
                .query(Long.class)
                .single();
    }

    /**
     * Rows, newest first.
     *
     * @param onMachine only of this machine, or null for all
     * @param status only with this status, or null for all
     * @param before only with smaller numbers than this: where the previous page ended
     * @param limit how many at most
     */
    public List<QueuedCommand> newest(@Nullable String onMachine, @Nullable String status, long before, int limit) {
        return database.sql(
                        """
                select * from command_queue
                where id < :before and (:machine::text is null or machine = :machine)
                  and (:status::text is null or status = :status)
                order by id desc limit :limit""")
                .param("before", before)
                .param("machine", onMachine)
                .param("status", status)
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** One row by its number. */
    public Optional<QueuedCommand> find(long id) {
        return database.sql("select * from command_queue where id = ?")
                .param(id)
                .query(this::row)
                .optional();
    }

    /**
     * Takes this machine's oldest waiting command, and writes down whether it runs.
     *
     * @return empty when nothing waits
     */
    @Transactional
    Optional<Taken> take() {
        return database.sql(
                        """
                select * from command_queue where machine = ? and status = 'queued'
                order by id limit 1 for update skip locked""")
                .param(machine)
                .query(this::row)
                .optional()
                .map(this::decide);
    }

    private Taken decide(QueuedCommand row) {
        try {
            NamedCommand command = commands.allowed(row.command(), machine, row.role());
            List<String> argv = command.argv(row.arguments());
            database.sql(
                            """
                    update command_queue
                    set status = 'running', executor = ?, attempts = attempts + 1, repeatable = ?,
                        started_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => ?)
                    where id = ?""")
                    .params(machine, command.repeatable(), LEASE.toSeconds(), row.id())
                    .update();
            events.publishEvent(new CommandTaken(row, null));
            return new Taken(row.id(), row.attempt() + 1, command, argv);
        } catch (CommandRefused e) {
            database.sql("update command_queue set status = 'refused', reason = ?, ended_at = clock_timestamp()"
                            + " where id = ?")
                    .params(e.getMessage(), row.id())
                    .update();
            events.publishEvent(new CommandTaken(row, e.getMessage()));
            return new Taken(row.id(), 0, null, List.of());
        }
    }

    /**
     * Keeps the lease, and shows what the program has written.
     *
     * @return false when the row is no longer this attempt's
     */
    boolean progress(Taken taken, String output, String errors) {
        return database.sql(
                                """
                update command_queue
                set output = ?, errors = ?, lease_until = clock_timestamp() + make_interval(secs => ?)
                where id = ? and executor = ? and attempts = ? and status = 'running'""")
                        .params(output, errors, LEASE.toSeconds(), taken.id(), machine, taken.attempt())
                        .update()
                == 1;
    }

    /** Writes down the end. It also replaces {@code unknown}, when this machine was only believed dead. */
    void close(Taken taken, Ending ending) {
        database.sql(
                        """
                update command_queue
                set status = ?, exit_code = ?, reason = ?, output = ?, errors = ?, truncated = ?, duration_ms = ?,
                    lease_until = null, ended_at = clock_timestamp()
                where id = ? and executor = ? and attempts = ? and status in ('running', 'unknown')""")
                .params(
                        ending.reason() == null ? "done" : "failed",
                        ending.exitCode(),
                        ending.reason(),
                        ending.output(),
                        ending.errors(),
                        ending.truncated(),
                        ending.took().toMillis(),
                        taken.id(),
                        machine,
                        taken.attempt())
                .update();
    }

    /** Ends what was begun by a machine that no longer keeps its lease, on whichever machine it was. */
    int closeAbandoned() {
        return database.sql(
                        """
                update command_queue
                set status = case when repeatable and attempts < 3 then 'queued' else 'unknown' end,
                    ended_at = case when repeatable and attempts < 3 then null else clock_timestamp() end,
                    reason = executor || ' died while this ran; nobody knows how it ended', lease_until = null
                where status = 'running' and lease_until < clock_timestamp()""")
                .update();
    }

    private QueuedCommand row(ResultSet row, int number) throws SQLException {
        return new QueuedCommand(
                row.getLong("id"),
                row.getString("machine"),
                row.getString("command"),
                read(row.getString("arguments")),
                row.getString("requested_by"),
                row.getString("role"),
                row.getString("source"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getTimestamp("requested_at").toInstant(),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("ended_at")),
                row.getObject("exit_code", Integer.class),
                row.getString("output"),
                row.getString("errors"),
                row.getBoolean("truncated"),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private Map<String, Object> read(String arguments) {
        try {
            return json.readValue(arguments, ARGUMENTS);
        } catch (JsonProcessingException e) {
            return Map.of(
                    "arguments", "not a map of names and texts"); // refused, since no command has such an argument
        }
    }

    private String write(Map<String, ?> arguments) {
        try {
            return json.writeValueAsString(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("arguments must be texts by name", e);
        }
    }

    /**
     * A row that this machine has taken.
     *
     * @param command what to run, or null when it was refused
     */
    record Taken(long id, int attempt, @Nullable NamedCommand command, List<String> argv) {}

    /** How a program ended, and what it wrote. */
    record Ending(
            @Nullable Integer exitCode,
            @Nullable String reason,
            String output,
            String errors,
            boolean truncated,
            Duration took) {}
}
