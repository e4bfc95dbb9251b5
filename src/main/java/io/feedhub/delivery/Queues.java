package io.feedhub.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The channels' queues, as a person sees them, and what stops them: a webhook that is gone parks its channel until a
 * person says so; its queue waits. What stops a channel stops it on every node. Thread-safe.
 */
@Component
public final class Queues {
    private static final Logger log = LoggerFactory.getLogger(Queues.class);

    /** Discord bans an address after 10,000 invalid requests in 10 minutes. */
    private static final int INVALID_REQUESTS = 500;

    private static final Duration BAN_WINDOW = Duration.ofMinutes(10);
    private static final String ALERTS = "alerts";

    private final JdbcClient database;
    private final Channels channels;
    private final Ledger ledger;
    private final Embeds embeds;
    private final TransactionOperations transactions;

    Queues(JdbcClient database, Channels channels, Ledger ledger, Embeds embeds, TransactionOperations transactions) {
        this.database = database;
        this.channels = channels;
        this.ledger = ledger;
        this.embeds = embeds;
        this.transactions = transactions;
    }

    /** Every channel and what waits there, by name. */
    public List<Queue> all() {
        return database.sql(
                        """
                select c.*,
                       (select count(*) from feedhub.outgoing o
                        where o.channel = c.name and o.phase = 'waiting') as waiting
                from feedhub.channel c order by name""")
                .query(Queues::queue)
                .list();
    }

    /** The channels that are parked, without those that are configured no more: there nothing leaves in any case. */
    public List<Queue> parked() {
        return all().stream()
                .filter(queue ->
                        queue.parkedAt() != null && channels.configured().contains(queue.channel()))
                .toList();
    }

    /**
     * Opens a parked channel, because a person said so: its queue leaves again.
     *
     * @return false when there is no such channel, or it is not parked
     */
    public boolean resume(String channel) {
        return database.sql(
                                """
                update feedhub.channel set parked_at = null, parked_reason = null, not_before = '-infinity'
                where name = ? and parked_at is not null""")
                        .param(channel)
                        .update()
                == 1;
    }

    /** Stops a channel, and tells the channel alerts once, whichever nodes find out. */
    void park(String channel, String reason) {
        transactions.executeWithoutResult(status -> {
            if (stop(channel, reason)) {
                tell(channel, reason);
            }
        });
    }

    /** @return whether it was not stopped before */
    private boolean stop(String channel, String reason) {
        return database.sql(
                                """
                update feedhub.channel set parked_at = clock_timestamp(), parked_reason = ?
                where name = ? and parked_at is null""")
                        .params(reason, channel)
                        .update()
                == 1;
    }

    private void tell(String channel, String reason) {
        log.error("#{} is parked until ./feedhub resume-channel {}: {}", channel, channel, reason);
        if (channels.configured().contains(ALERTS)) {
            String text = reason + "\nIts messages wait. When its webhook is right again: `./feedhub resume-channel "
                    + channel + "`";
            ledger.write(embeds.of(Origin.hub(ALERTS), Post.of("#" + channel + " is parked", text, "bad"), false));
        }
    }

    /** Forgets messages that have been delivered or given up for longer than they are kept, some at a time. */
    int forget() {
        return database.sql(
                        """
                delete from feedhub.outgoing where id in (
                  select id from feedhub.outgoing
                  where phase = 'over' and ended_at < now() - :keep * interval '1 second'
                    and created_at < now() - :keep * interval '1 second' -- there is an index of these
                  order by created_at limit 1000)""")
                .param("keep", channels.keep().toSeconds())
                .update();
    }

    /** Lets all channels rest, on every node. */
    void restAll(Duration pause) {
        database.sql(
                        """
                update feedhub.channel
                set not_before = greatest(not_before, clock_timestamp() + ? * interval '1 millisecond')""")
                .param(pause.toMillis())
                .update();
    }

    /** Stops all channels long before Discord would ban this address. */
    void keepAwayFromTheBan() {
        int invalid = database.sql(
                        """
                select count(*) from feedhub.outgoing_attempt
                where invalid and ended_at > clock_timestamp() - ? * interval '1 millisecond'""")
                .param(BAN_WINDOW.toMillis())
                .query(Integer.class)
                .single();
        if (invalid >= INVALID_REQUESTS) {
            log.error("Discord refused {} requests in {} minutes: all channels rest", invalid, BAN_WINDOW.toMinutes());
            restAll(BAN_WINDOW);
        }
    }

    private static Queue queue(ResultSet row, int number) throws SQLException {
        Timestamp parkedAt = row.getTimestamp("parked_at");
        return new Queue(
                row.getString("name"),
                row.getLong("waiting"),
                parkedAt == null ? null : parkedAt.toInstant(),
                row.getString("parked_reason"));
    }
}
