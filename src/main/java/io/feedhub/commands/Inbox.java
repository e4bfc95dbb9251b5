package io.feedhub.commands;

import io.feedhub.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rows of {@code command_queue} that ask this machine. A row is taken by its own machine only, with a lease, and begun
 * at most once: when the machine dies in between, the row becomes {@code unknown}, or is queued again if its command may be
 * repeated.
 */
@Component
final class Inbox {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final NamedCommands commands;
    private final CommandRow row;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final String machine;

    Inbox(
            JdbcClient database,
            NamedCommands commands,
            CommandRow row,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Node node) {
        this.database = database;
        this.commands = commands;
        this.row = row;
        this.events = events;
        this.transactions = transactions;
        this.machine = node.name();
    }

    /**
     * Takes this machine's oldest waiting command, and writes down whether it runs. A row that the hub did not write, or that
     * was changed since, is one of the role {@code sql}, whatever it says.
     *
     * @return empty when nothing waits
     */
    Optional<Taken> take() {
        return transactions.execute(status -> next().map(this::decide));
    }

    private Optional<QueuedCommand> next() {
        return database.sql(
                        """
                select coalesce(w.role, 'sql') as role, q.* -- of two columns of a name the first counts
                from command_queue q left join feedhub.command_warrant w on w.id = q.id and w.machine = q.machine
                  and w.command = q.command and w.arguments = q.arguments and w.requested_by = q.requested_by
                where q.machine = ? and q.status = 'queued'
                order by q.id limit 1 for update of q skip locked""")
                .param(machine)
                .query(row)
                .optional();
    }

    private Taken decide(QueuedCommand asked) {
        NamedCommand command;
        List<String> argv;
        try {
            command = commands.allowed(asked.command(), machine, asked.role());
            argv = command.argv(asked.arguments());
        } catch (CommandRefused e) {
            return refuse(asked, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) { // a row that nobody can judge must not keep those behind it
            return refuse(
                    asked, "its arguments cannot be judged: " + e.getClass().getSimpleName());
        }
        database.sql(
                        """
                update command_queue
                set status = 'running', executor = ?, attempts = attempts + 1, repeatable = ?,
                    started_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => ?)
                where id = ?""")
                .params(machine, command.repeatable(), LEASE.toSeconds(), asked.id())
                .update();
        if (!command.repeatable()) {
            forgetWarrant(asked.id());
        }
        events.publishEvent(new CommandTaken(asked, null));
        return new Taken(asked.id(), asked.attempt() + 1, command, argv);
    }

    private Taken refuse(QueuedCommand asked, String reason) {
        database.sql(
                        "update command_queue set status = 'refused', reason = ?, ended_at = clock_timestamp() where id = ?")
                .params(reason, asked.id())
                .update();
        forgetWarrant(asked.id());
        events.publishEvent(new CommandTaken(asked, reason));
        return new Taken(asked.id(), 0, null, List.of());
    }

    /** Who has leave to ask for a command has it once: whoever sets the row back to queued is not the one who had it. */
    private void forgetWarrant(long id) {
        database.sql("delete from feedhub.command_warrant where id = ?")
                .param(id)
                .update();
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

    /**
     * Keeps the lease.
     *
     * @return false when the row is no longer this attempt's
     */
    boolean renew(Taken taken) {
        return database.sql(
                                """
                update command_queue set lease_until = clock_timestamp() + make_interval(secs => ?)
                where id = ? and executor = ? and attempts = ? and status = 'running'""")
                        .params(LEASE.toSeconds(), taken.id(), machine, taken.attempt())
                        .update()
                == 1;
    }

    /** Whether the row is still this attempt's. */
    boolean holds(Taken taken) {
        return database.sql(
                        """
                select exists (
                  select from command_queue where id = ? and executor = ? and attempts = ? and status = 'running')""")
                .params(taken.id(), machine, taken.attempt())
                .query(Boolean.class)
                .single();
    }

    /** Writes down the end. It also replaces {@code unknown}, when this machine was only believed dead. */
    void close(Taken taken, Ending ending) {
        int closed = database.sql(
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
        if (closed == 1) { // else it waits for its next attempt, which needs leave as well
            forgetWarrant(taken.id());
        }
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
