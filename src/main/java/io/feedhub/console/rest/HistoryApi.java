package io.feedhub.console.rest;

import io.feedhub.console.audit.Audit;
import io.feedhub.delivery.Delivery;
import io.feedhub.delivery.Ledger;
import io.feedhub.delivery.MessageState;
import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Run;
import io.feedhub.schedule.RunOutcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/runs} and {@code /api/deliveries}: what ran and what left, newest first, a page at a time. */
@RestController
@RequestMapping("/api")
final class HistoryApi {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Occurrences occurrences;
    private final Ledger ledger;
    private final FlowNames names;
    private final ChannelNames channels;
    private final Audit audit;

    HistoryApi(Occurrences occurrences, Ledger ledger, FlowNames names, ChannelNames channels, Audit audit) {
        this.occurrences = occurrences;
        this.ledger = ledger;
        this.names = names;
        this.channels = channels;
        this.audit = audit;
    }

    @GetMapping("/runs")
    Page<Run> runs(
            @RequestParam(required = false) @Nullable String flow,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Long next) {
        RunOutcome wanted = outcome == null ? null : named(outcome, RunOutcome::of);
        if (since != null && (since.isBefore(Instant.EPOCH) || since.isAfter(LATEST))) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "since must be in the years 1970 to 9999");
        }
        List<Run> runs = occurrences.newest(flow, wanted, since, Page.before(next), Page.SIZE);
        if (flow != null && runs.isEmpty() && !hasRun(flow)) {
            names.requireKnown(flow);
        }
        return Page.of(runs, Run::id);
    }

    private boolean hasRun(String flow) {
        return !occurrences.of(flow, 1).isEmpty();
    }

    private static <T> T named(String word, Function<String, T> read) {
        try {
            return read.apply(word);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    @GetMapping("/runs/{id}")
    Run run(@PathVariable long id) {
        return occurrences
                .find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no run " + id));
    }

    @GetMapping("/deliveries")
    Page<Delivery> deliveries(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable Long next) {
        MessageState wanted = state == null ? null : named(state, MessageState::of);
        List<Delivery> deliveries = ledger.newest(wanted, channel, Page.before(next), Page.SIZE);
        if (channel != null
                && deliveries.isEmpty()
                && ledger.newest(null, channel, Long.MAX_VALUE, 1).isEmpty()) {
            channels.requireKnown(channel);
        }
        return Page.of(deliveries, Delivery::id);
    }

    @PostMapping("/deliveries/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void retry(@PathVariable long id) {
        audit.record("delivery.retry", Long.toString(id), () -> null, () -> {
            if (!ledger.retry(id)) {
                throw cannot(id, "neither parked nor unknown nor given up");
            }
        });
    }

    @PostMapping("/deliveries/{id}/give-up")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@PathVariable long id) {
        audit.record("delivery.give-up", Long.toString(id), () -> null, () -> {
            if (!ledger.giveUp(id)) {
                throw cannot(id, "neither queued nor parked nor unknown");
            }
        });
    }

    private ResponseStatusException cannot(long id, String why) {
        return ledger.has(id)
                ? new ResponseStatusException(HttpStatus.CONFLICT, "delivery " + id + " is " + why)
                : new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "no message " + id + "; ./feedhub deliveries lists them");
    }
}
