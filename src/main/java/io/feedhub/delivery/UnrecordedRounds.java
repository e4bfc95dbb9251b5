package io.feedhub.delivery;

import io.feedhub.database.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What came back of the sends and is not on the ledger yet: kept until the database takes it, for what Discord has answered
 * nobody can ask again. Not thread-safe: the courier's loop alone has it.
 */
final class UnrecordedRounds {
    private static final Logger log = LoggerFactory.getLogger(UnrecordedRounds.class);

    private final Dispatch dispatch;
    private final Lanes lanes;
    private final Aftermath aftermath;
    private final List<Round> unwritten = new ArrayList<>();

    /** Of how many of these other messages and channels know already: the first ones. */
    private int guarded;

    UnrecordedRounds(Dispatch dispatch, Lanes lanes, Aftermath aftermath) {
        this.dispatch = dispatch;
        this.lanes = lanes;
        this.aftermath = aftermath;
    }

    void add(Round round) {
        unwritten.add(round);
    }

    /**
     * Writes down all, and frees their channels.
     *
     * @throws DataAccessException when the database is away; then all are kept
     */
    void writeDown(Instant now) {
        if (unwritten.isEmpty()) {
            return;
        }
        while (guarded < unwritten.size()) {
            aftermath.guard(unwritten.get(guarded));
            guarded++;
        }
        try {
            writeDown(List.copyOf(unwritten), now);
        } catch (DataAccessException e) {
            if (!Reason.isRefusal(e)) {
                throw e;
            }
            List.copyOf(unwritten).forEach(round -> writeDownAlone(round, now));
        }
    }

    /** What the database refuses must not keep the other channels' answers from being written down: it is unknown. */
    private void writeDownAlone(Round round, Instant now) {
        try {
            writeDown(List.of(round), now);
        } catch (DataAccessException e) {
            if (!Reason.isRefusal(e)) {
                throw e;
            }
            log.error("#{}: what became of its messages is refused by the database: {}", round.channel(), Reason.of(e));
            unwritten.remove(round);
            unwritten.add(round.unknown());
        }
    }

    private void writeDown(List<Round> rounds, Instant now) {
        Map<String, Duration> waits = dispatch.record(rounds);
        for (Round round : rounds) {
            lanes.end(round, now, waits.getOrDefault(round.channel(), Duration.ZERO));
            aftermath.tell(round);
        }
        unwritten.removeAll(rounds);
        guarded = unwritten.size();
    }
}
