package io.feedhub.delivery;

import static io.feedhub.database.Columns.column;

import io.feedhub.delivery.Envelope.Message;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How messages leave the ledger: a node takes the next of each channel that is free, and writes down what became of them.
 * Both are one statement for all channels. A message is {@code sending} from before its POST until its answer is written
 * down, and only one node sends in a channel, so what is found {@code sending} when the channel's hold has run out was
 * interrupted: Discord may have it or not. All times are the database's, so nodes whose clocks differ agree. Thread-safe.
 */
@Component
final class Dispatch {
    /** Longer than any send: what takes longer was interrupted. */
    static final Duration HOLD = Duration.ofSeconds(60);

    private final JdbcClient database;
    private final String node;
    private final String[] repeating;

    /** @param node this node's name */
    Dispatch(JdbcClient database, @Value("${feedhub.node.name:local}") String node, Channels channels) {
        this.database = database;
        this.node = node;
        this.repeating =
                channels.configured().stream().filter(channels::repeats).toArray(String[]::new);
    }

    /** Makes channels known. */
    void open(Collection<String> channels) {
        database.sql("insert into feedhub.channel (name) select * from unnest(?::text[]) on conflict do nothing")
                .param(1, channels.toArray(String[]::new))
                .update();
    }

    /**
     * Takes the oldest message of each channel that may send now, and those behind it that may share its Discord message,
     * or be posted right after it. Channels in which another node sends are passed over.
     *
     * @param most how many posts of each channel are wanted at most
     * @return what is to be posted, in order
     */
    List<Envelope> take(Map<String, Integer> most) {
        List<Envelope> taken = new ArrayList<>();
        Map<String, Integer> folded = new HashMap<>();
        database.sql(DispatchSql.TAKE)
                .param(1, most.keySet().toArray(String[]::new))
                .param(2, most.values().toArray(Integer[]::new))
                .param(3, node)
                .param(4, HOLD.toMillis())
                .query(row -> {
                    String channel = row.getString("channel");
                    Integer shared = folded.get(channel);
                    if (shared == null) {
                        taken.add(new Envelope(channel, List.of(message(row))));
                    } else {
                        taken.set(shared, taken.get(shared).and(message(row)));
                    }
                    if (row.getBoolean("fold")) {
                        folded.putIfAbsent(channel, taken.size() - 1);
                    }
                });
        return taken;
    }

    /** Writes down how rounds ended, frees their channels, and tells how long each must wait until its next send. */
    Map<String, Duration> record(List<Round> rounds) {
        List<Verdict> verdicts = rounds.stream()
                .flatMap(round -> round.sends().stream())
                .flatMap(sent -> sent.verdicts().stream())
                .toList();
        List<Message> kept = rounds.stream()
                .flatMap(round -> round.kept().stream())
                .flatMap(envelope -> envelope.messages().stream())
                .toList();
        Map<String, Duration> waits = new LinkedHashMap<>();
        database.sql(DispatchSql.RECORD)
                .params(verdictColumns(verdicts))
                .params(channelColumns(rounds))
                .param(column(kept, Message::id, Long[]::new))
                .param(column(kept, Message::attempt, Integer[]::new))
                .param(node)
                .param(node)
                .query(row -> {
                    waits.put(row.getString("name"), Duration.ofMillis(row.getLong("wait")));
                });
        return waits;
    }

    private static List<Object> verdictColumns(List<Verdict> verdicts) {
        return List.of(
                column(verdicts, verdict -> verdict.message().id(), Long[]::new),
                column(verdicts, verdict -> verdict.message().attempt(), Integer[]::new),
                column(verdicts, verdict -> verdict.state().word(), String[]::new),
                column(verdicts, Verdict::status, Integer[]::new),
                column(verdicts, Verdict::messageId, String[]::new),
                column(verdicts, Verdict::error, String[]::new),
                column(verdicts, Verdict::repeated, Boolean[]::new),
                column(verdicts, Verdict::apart, Boolean[]::new),
                column(verdicts, Verdict::invalid, Boolean[]::new));
    }

    private static List<Object> channelColumns(List<Round> rounds) {
        return List.of(
                column(rounds, Round::channel, String[]::new),
                column(rounds, Round::taken, Integer[]::new),
                column(rounds, round -> round.sends().size(), Integer[]::new),
                column(rounds, round -> round.limits().remaining(), Integer[]::new),
                column(rounds, round -> round.limits().reset().toMillis(), Long[]::new),
                column(rounds, round -> round.limits().pause().toMillis(), Long[]::new),
                column(rounds, round -> round.limits().hidden().toMillis(), Long[]::new));
    }

    /** What this node was sending when it was killed, and what others left. Call before the first send. */
    List<Closed> closeOwn() {
        return close(node);
    }

    /** What any node was sending when it died, fell asleep or lost the database. */
    List<Closed> closeAbandoned() {
        return close(null);
    }

    private List<Closed> close(@Nullable String own) {
        return database.sql(DispatchSql.CLOSE)
                .param(1, repeating)
                .param(2, own)
                .param(3, HOLD.toMillis())
                .query((row, number) -> new Closed(row.getString("channel"), MessageState.of(row.getString("state"))))
                .list();
    }

    private static Message message(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        Long run = row.getObject("run", Long.class);
        String name = row.getString("flow");
        String flow = name.substring(0, Math.min(name.length(), 80));
        String footer = run == null ? flow + " · " + id : flow + " · run " + run + " · " + id;
        return new Message(id, row.getString("payload"), footer, row.getInt("attempts"));
    }

    /** A send that was interrupted: unknown, or queued again in a channel that takes repeats. */
    record Closed(String channel, MessageState state) {}
}
