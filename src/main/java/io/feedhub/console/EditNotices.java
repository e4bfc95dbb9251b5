package io.feedhub.console;

import io.feedhub.delivery.Notices;
import io.feedhub.flows.EditRefused;
import io.feedhub.flows.Revision;
import io.feedhub.flows.check.Finding;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says in the channel of the operators which edits did not go live. */
@Component
final class EditNotices {
    private static final String CHANNEL = "ops";
    private static final int MOST = 5;

    private final Notices notices;

    EditNotices(Notices notices) {
        this.notices = notices;
    }

    @EventListener
    void refused(EditRefused event) {
        Revision revision = event.revision();
        String text =
                revision.findings().stream().limit(MOST).map(Finding::toString).collect(Collectors.joining("\n"));
        String title = "The edit of " + revision.flow() + " by " + revision.author() + " is not live";
        notices.post(CHANNEL, title, text, "warn");
    }
}
