package io.feedhub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the end of a send means beyond its message: for the other messages, the log and the meters. Thread-safe. */
final class Aftermath {
    private static final Logger log = LoggerFactory.getLogger(Aftermath.class);

    private final Queues queues;
    private final MeterRegistry meters;

    Aftermath(Queues queues, MeterRegistry meters) {
        this.queues = queues;
        this.meters = meters;
    }

    /** Stops what must not go on: a channel whose webhook is gone, and all of them when their common limit is met. */
    void guard(Round round) {
        for (Sent sent : round.sends()) {
            Answer answer = sent.answer();
            if (answer.kind() == Answer.Kind.GONE) {
                queues.park(sent.envelope().channel(), String.valueOf(answer.reason()));
            }
            if (answer.limits().global()) {
                queues.restAll(answer.limits().pause());
            }
            if (answer.limits().invalid()) {
                queues.keepAwayFromTheBan();
            }
        }
    }

    /** Says what became of the messages of a round, now that it is on the ledger. */
    void tell(Round round) {
        round.sends().forEach(sent -> sent.verdicts().forEach(verdict -> tell(round.channel(), verdict)));
    }

    /** Says what became of a message whose send was interrupted. */
    void tell(Dispatch.Closed closed) {
        count(
                closed.channel(),
                closed.state() == MessageState.QUEUED
                        ? "repeated"
                        : closed.state().word());
        log.warn("#{}: a send was interrupted; the message is {}", closed.channel(), closed.state());
    }

    private void tell(String channel, Verdict verdict) {
        count(channel, verdict.repeated() ? "repeated" : verdict.state().word());
        if (verdict.error() != null) {
            log.warn("#{}: message {} is {}: {}", channel, verdict.message().id(), verdict.state(), verdict.error());
        }
    }

    private void count(String channel, String result) {
        meters.counter("feedhub.deliveries", "channel", channel, "result", result)
                .increment();
    }
}
