package io.feedhub.console;

import io.feedhub.delivery.Notices;
import io.feedhub.mesh.RateLimit;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says in the channel of the machines that a service must be left alone. */
@Component
final class MeshNotices {
    private final Notices notices;

    MeshNotices(Notices notices) {
        this.notices = notices;
    }

    @EventListener
    void limited(RateLimit limit) {
        notices.post(
                "infra",
                limit.service() + " limits us until " + limit.until(),
                "met by " + limit.machine() + "; all machines leave it alone",
                "warn");
    }
}
