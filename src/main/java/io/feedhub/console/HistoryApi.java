package io.feedhub.console;

import io.feedhub.delivery.Delivery;
import io.feedhub.delivery.Ledger;
import io.feedhub.schedule.Occurrences;
import io.feedhub.schedule.Run;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
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
    private static final int PAGE = 100;

    private final Occurrences occurrences;
    private final Ledger ledger;

    HistoryApi(Occurrences occurrences, Ledger ledger) {
        this.occurrences = occurrences;
        this.ledger = ledger;
    }

    @GetMapping("/runs")
    Page<Run> runs(
            @RequestParam(required = false) @Nullable String flow,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Long next) {
        return page(occurrences.newest(flow, outcome, since, orNewest(next), PAGE), Run::id);
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
        return page(ledger.newest(state, channel, orNewest(next), PAGE), Delivery::id);
    }

    @PostMapping("/deliveries/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void retry(@PathVariable long id) {
        if (!ledger.retry(id)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "delivery " + id + " is neither parked nor unknown");
        }
    }

    private static long orNewest(@Nullable Long next) {
        return next == null ? Long.MAX_VALUE : next;
    }

    private static <T> Page<T> page(List<T> items, ToLongFunction<T> id) {
        return new Page<>(
                items, items.size() < PAGE ? null : Long.toString(id.applyAsLong(items.get(items.size() - 1))));
    }
}
