package io.feedhub.flows;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.FlowFile;
import org.springframework.stereotype.Component;

/** This node's folder, which follows what went live by another way than through it. Thread-safe for one flow at a time. */
@Component
final class Mirror {
    private final FlowFolder folder;
    private final Revisions revisions;
    private final Copies copies;
    private final Absences absences;

    Mirror(FlowFolder folder, Revisions revisions, Copies copies, Absences absences) {
        this.folder = folder;
        this.revisions = revisions;
        this.copies = copies;
        this.absences = absences;
    }

    /**
     * Whether it says nothing that a flow's file was not found: its folder cannot be listed, has lost all its files at once,
     * or is getting them back. That is no edit of them, and nothing is to be written there: it is unmounted, or being replaced.
     */
    boolean isGone(String name) {
        String prefix = FlowFolder.prefix(name);
        return absences.sayNothing(prefix) || folder.hides(name) || (folder.isEmpty(name) && copies.areSeveral(prefix));
    }

    /**
     * The folder follows, unless somebody has just saved another text there. What came from the folder is there already.
     *
     * @param before the name of the file that the edit replaced
     */
    void follow(Edit edit, int number, String before) {
        boolean fromHere = edit.origin().equals(Edit.FILE);
        if (fromHere || (canFollow(edit, before) && replace(before, edit))) {
            copies.are(edit.flow(), number);
        }
    }

    private boolean canFollow(Edit edit, String before) {
        boolean absent = folder.look(before).isEmpty();
        return isOurs(edit.file().name()) && isOurs(before) && !(absent && isGone(before));
    }

    /** Of what is too large the database has the beginning only. */
    private boolean isOurs(String name) {
        return folder.read(name)
                .filter(file -> Checker.tooLarge(file).isPresent() || !revisions.isRecorded(file.key(), file.sha256()))
                .isEmpty();
    }

    private boolean replace(String before, Edit edit) {
        if (edit.isDeletion()) {
            return folder.delete(before);
        }
        FlowFile file = edit.file();
        return folder.write(file) && (before.equals(file.name()) || folder.delete(before));
    }
}
