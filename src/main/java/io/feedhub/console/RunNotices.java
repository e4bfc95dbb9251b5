package io.feedhub.console;

import io.feedhub.database.Characters;
import io.feedhub.delivery.Notices;
import io.feedhub.schedule.TroublesChanged;
import io.feedhub.schedule.TroublesChanged.Trouble;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells {@code #alerts} of flows in trouble, and when it is over: one message for all that changed at once. */
@Component
final class RunNotices {
    private static final String CHANNEL = "alerts";
    private static final int MOST = 15;
    private static final int LONGEST_LINE = 300;

    private final Notices notices;

    RunNotices(Notices notices) {
        this.notices = notices;
    }

    @EventListener
    void changed(TroublesChanged change) {
        post(change.begun(), "is in trouble", "flows are in trouble", "bad");
        post(change.over(), "is well again", "flows are well again", "good");
    }

    private void post(List<Trouble> troubles, String one, String many, String tone) {
        if (troubles.isEmpty()) {
            return;
        }
        String title = troubles.size() == 1 ? troubles.get(0).flow() + " " + one : troubles.size() + " " + many;
        String lines = troubles.stream()
                .limit(MOST)
                .map(trouble -> Characters.cut(trouble.flow() + ": " + trouble.reason(), LONGEST_LINE))
                .collect(Collectors.joining("\n"));
        notices.post(CHANNEL, title, troubles.size() > MOST ? lines + "\n…" : lines, tone);
    }
}
