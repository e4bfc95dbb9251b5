package io.feedhub.commands;

import io.feedhub.commands.Inbox.Taken;
import java.time.Duration;

/**
 * What of a program's progress is on its row: its outputs are written when there is more of them, and the lease is renewed
 * now and then. In between the row is only looked at. Not thread-safe.
 */
final class Progress {
    private static final Duration RENEW = Duration.ofSeconds(10);

    private final Inbox inbox;
    private final Taken taken;
    private String output = "";
    private String errors = "";
    private long renewed = System.nanoTime();

    Progress(Inbox inbox, Taken taken) {
        this.inbox = inbox;
        this.taken = taken;
    }

    /**
     * Puts on the row what the command has written, when there is more of it.
     *
     * @return false when the row is no longer this attempt's
     */
    boolean tell(String newOutput, String newErrors) {
        boolean more = !newOutput.equals(output) || !newErrors.equals(errors);
        if (!more && System.nanoTime() - renewed < RENEW.toNanos()) {
            return inbox.holds(taken);
        }
        boolean held = more ? inbox.progress(taken, newOutput, newErrors) : inbox.renew(taken);
        output = newOutput;
        errors = newErrors;
        renewed = System.nanoTime();
        return held;
    }
}
