package io.feedhub.console.desk;

import static io.feedhub.delivery.MessageState.DELIVERED;
import static io.feedhub.delivery.MessageState.GIVEN_UP;
import static io.feedhub.delivery.MessageState.PARKED;
import static io.feedhub.delivery.MessageState.QUEUED;
import static io.feedhub.delivery.MessageState.SENDING;
import static io.feedhub.delivery.MessageState.UNKNOWN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.console.rest.Filter;
import io.feedhub.delivery.Delivery;
import io.feedhub.delivery.Ledger;
import io.feedhub.delivery.MessageState;
import io.feedhub.delivery.Queue;
import io.feedhub.delivery.Queues;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /deliveries}: what left, what waits, and what a person must decide. */
@Controller
final class DeliveriesPage {
    /** In the order of the tabs: what a person must decide comes first. */
    private static final List<String> STATES = Stream.of(PARKED, UNKNOWN, QUEUED, SENDING, DELIVERED, GIVEN_UP)
            .map(MessageState::word)
            .toList();

    private final Ledger ledger;
    private final Queues queues;
    private final ObjectMapper json;

    DeliveriesPage(Ledger ledger, Queues queues, ObjectMapper json) {
        this.ledger = ledger;
        this.queues = queues;
        this.json = json;
    }

    @GetMapping("/deliveries")
    String list(
            @RequestParam(name = "state", required = false) @Nullable String inState,
            @RequestParam(name = "channel", required = false) @Nullable String inChannel,
            @RequestParam(defaultValue = Rows.FIRST) long before,
            @ModelAttribute("now") Instant now,
            Model model) {
        String state = Filter.of(inState);
        String channel = Filter.of(inChannel);
        List<Delivery> found = found(state, channel, before);
        model.addAttribute(
                "deliveries",
                found.stream().map(one -> DeliveryRow.of(one, now)).toList());
        model.addAttribute("states", STATES);
        model.addAttribute("state", state);
        model.addAttribute("channel", channel);
        model.addAttribute("older", Rows.older(found, Delivery::id));
        model.addAttribute(
                "channels",
                queues.all().stream().map(queue -> ChannelRow.of(queue, now)).toList());
        return "desk/deliveries";
    }

    @GetMapping("/deliveries/{id}")
    String one(@PathVariable long id, @ModelAttribute("now") Instant now, Model model) throws JsonProcessingException {
        Delivery delivery = ledger.find(id).orElseThrow(() -> unknown(id));
        model.addAttribute("delivery", DeliveryRow.of(delivery, now));
        model.addAttribute("said", Said.in(json.readTree(ledger.content(id).orElseThrow(() -> unknown(id)))));
        return "desk/delivery";
    }

    private static ResponseStatusException unknown(long id) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no message " + id + ".");
    }

    /** A word that is no state is one that no message has. */
    private List<Delivery> found(@Nullable String state, @Nullable String channel, long before) {
        if (state == null) {
            return ledger.newest(null, channel, before, Rows.MOST);
        }
        return STATES.contains(state) ? ledger.newest(MessageState.of(state), channel, before, Rows.MOST) : List.of();
    }

    /**
     * A channel's queue.
     *
     * @param parked since when nothing leaves, or null
     */
    record ChannelRow(String name, long waiting, @Nullable Moment parked, @Nullable String reason) {
        static ChannelRow of(Queue queue, Instant now) {
            return new ChannelRow(queue.channel(), queue.waiting(), Moment.of(queue.parkedAt(), now), queue.reason());
        }
    }
}
