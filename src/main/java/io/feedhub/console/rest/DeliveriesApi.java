package io.feedhub.console.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.console.audit.Audit;
import io.feedhub.delivery.Delivery;
import io.feedhub.delivery.Ledger;
import io.feedhub.delivery.MessageState;
import java.util.List;
import java.util.function.Predicate;
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

/** {@code /api/deliveries}: what left, newest first, a page at a time, and what a person decides of it. */
@RestController
@RequestMapping("/api/deliveries")
final class DeliveriesApi {
    private final Ledger ledger;
    private final ChannelNames channels;
    private final Audit audit;
    private final ObjectMapper json;

    DeliveriesApi(Ledger ledger, ChannelNames channels, Audit audit, ObjectMapper json) {
        this.ledger = ledger;
        this.channels = channels;
        this.audit = audit;
        this.json = json;
    }

    @GetMapping
    Page<Delivery> newest(
            @RequestParam(name = "state", required = false) @Nullable String inState,
            @RequestParam(name = "channel", required = false) @Nullable String inChannel,
            @RequestParam(required = false) @Nullable Long next) {
        String state = Filter.of(inState);
        String channel = Filter.of(inChannel);
        MessageState wanted = state == null ? null : Words.of(state, MessageState::of);
        List<Delivery> deliveries = ledger.newest(wanted, channel, Page.before(next), Page.SIZE);
        if (channel != null
                && deliveries.isEmpty()
                && ledger.newest(null, channel, Long.MAX_VALUE, 1).isEmpty()) {
            channels.requireKnown(channel);
        }
        return Page.of(deliveries, Delivery::id);
    }

    @GetMapping("/{id}")
    DeliveryDetail one(@PathVariable long id) throws JsonProcessingException {
        Delivery delivery = ledger.find(id).orElseThrow(() -> unknown(id));
        return new DeliveryDetail(delivery, json.readTree(ledger.content(id).orElseThrow(() -> unknown(id))));
    }

    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void retry(@PathVariable long id) {
        audit.record("delivery.retry", Long.toString(id), () -> null, () -> {
            if (!ledger.retry(id)) {
                throw cannot(id, MessageState::canBeRetried);
            }
        });
    }

    @PostMapping("/{id}/give-up")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@PathVariable long id) {
        audit.record("delivery.give-up", Long.toString(id), () -> null, () -> {
            if (!ledger.giveUp(id)) {
                throw cannot(id, MessageState::canBeGivenUp);
            }
        });
    }

    private ResponseStatusException cannot(long id, Predicate<MessageState> can) {
        String none = String.join(" nor ", MessageState.words(can)).replace('-', ' ');
        return ledger.has(id)
                ? new ResponseStatusException(HttpStatus.CONFLICT, "message " + id + " is neither " + none)
                : unknown(id);
    }

    private static ResponseStatusException unknown(long id) {
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND, "no message " + id + "; ./feedhub deliveries lists them");
    }

    /**
     * A message with all that it says.
     *
     * @param content the webhook's body; what it shares a Discord message with is not in it
     */
    record DeliveryDetail(Delivery delivery, JsonNode content) {}
}
