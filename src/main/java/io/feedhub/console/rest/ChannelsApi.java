package io.feedhub.console.rest;

import io.feedhub.console.audit.Audit;
import io.feedhub.delivery.Queue;
import io.feedhub.delivery.Queues;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/channels}: what waits for each channel, and the switch that opens a parked one. */
@RestController
@RequestMapping("/api/channels")
final class ChannelsApi {
    private final Queues queues;
    private final ChannelNames names;
    private final Audit audit;

    ChannelsApi(Queues queues, ChannelNames names, Audit audit) {
        this.queues = queues;
        this.names = names;
        this.audit = audit;
    }

    @GetMapping
    Page<Queue> all() {
        return Page.all(queues.all());
    }

    @PostMapping("/{channel}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(@PathVariable String channel) {
        audit.record("channel.resume", channel, () -> null, () -> {
            names.requireKnown(channel);
            if (!queues.resume(channel)) {
                throw new ResponseStatusException(HttpStatus.CONFLICT, "channel " + channel + " is not parked");
            }
        });
    }
}
