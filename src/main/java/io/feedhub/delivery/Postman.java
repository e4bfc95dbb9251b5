package io.feedhub.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Carries envelopes of one channel to Discord, one after another, until one of them has to wait. Thread-safe. */
@Component
final class Postman {
    /** How late a message may still be sent after it was taken, so that its answer comes within the hold. */
    private static final Duration LATEST = Dispatch.HOLD.minus(Discord.LONGEST).dividedBy(2);

    private final Channels channels;
    private final Discord discord;
    private final Letter letters;
    private final Clock clock;

    Postman(Channels channels, Discord discord, Letter letters, Clock clock) {
        this.channels = channels;
        this.discord = discord;
        this.letters = letters;
        this.clock = clock;
    }

    /**
     * @param envelopes at least one, all of one channel, in order
     * @param asked when they were asked for. A node that fell asleep since then has lost them by now: another says that
     *     they are unknown
     */
    Round carry(List<Envelope> envelopes, Instant asked) {
        String channel = envelopes.get(0).channel();
        String webhook = channels.address(channel);
        List<Sent> sends = new ArrayList<>();
        Instant begun = clock.instant();
        boolean goesOn = true;
        while (goesOn && sends.size() < envelopes.size() && isInTime(asked)) {
            Envelope envelope = envelopes.get(sends.size());
            Sent sent = Sent.of(envelope, send(webhook, envelope), channels.repeats(channel));
            sends.add(sent);
            goesOn = sent.isSmooth();
        }
        List<Envelope> kept = envelopes.subList(sends.size(), envelopes.size());
        return new Round(channel, sends, kept, Duration.between(begun, clock.instant()));
    }

    /** What a fault left of a round: nobody knows how far it came, so Discord may have each of them. */
    Round brokenOff(List<Envelope> envelopes) {
        String channel = envelopes.get(0).channel();
        boolean repeats = channels.repeats(channel);
        List<Sent> sends = envelopes.stream()
                .map(envelope -> Sent.of(envelope, Discord.lost(envelope.first().attempt()), repeats))
                .toList();
        return new Round(channel, sends, List.of(), Duration.ZERO);
    }

    /** A message that cannot be written is refused as by Discord: it must not keep the others from being sent. */
    private Answer send(String webhook, Envelope envelope) {
        String body;
        try {
            body = letters.of(envelope);
        } catch (RuntimeException e) {
            return new Answer(
                    Answer.Kind.REFUSED, null, null, "no message can be made of it: " + e, Answer.Limits.NONE);
        } catch (Error e) { // out of memory, say, which is not the message's fault, unless it happens each time
            Answer.Limits pause =
                    Answer.Limits.pause(Discord.backOff(envelope.first().attempt()));
            return new Answer(Answer.Kind.FAILED, null, null, "it was not written: " + e, pause);
        }
        return discord.send(webhook, body, envelope.first().attempt());
    }

    private boolean isInTime(Instant asked) {
        return Duration.between(asked, clock.instant()).compareTo(LATEST) <= 0;
    }
}
