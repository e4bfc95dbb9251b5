package io.feedhub.console.rest;

import io.feedhub.delivery.Queue;
import io.feedhub.delivery.Queues;
import io.feedhub.flows.check.Vocabulary;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Tells a channel that has nothing to show from a name that is no channel's. */
@Component
final class ChannelNames {
    private final Queues queues;

    ChannelNames(Queues queues) {
        this.queues = queues;
    }

    /** @throws ResponseStatusException 404, when no channel is called so */
    void requireKnown(String name) {
        Set<String> names = queues.all().stream().map(Queue::channel).collect(Collectors.toSet());
        if (!names.contains(name)) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "no channel " + name + "; " + Vocabulary.instead(name, names));
        }
    }
}
