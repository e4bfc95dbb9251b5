package io.feedhub.flows;

import io.feedhub.flows.check.FlowFile;
import org.springframework.stereotype.Component;

/** This node's folder, which follows what went live by another way than through it. Thread-safe for one flow at a time. */
@Component
final class Mirror {
    private final FlowFolder folder;
    private final Revisions revisions;
    private final Copies copies;

    Mirror(FlowFolder folder, Revisions revisions, Copies copies) {
        this.folder = folder;
        this.revisions = revisions;
        this.copies = copies;
    }

    /**
     * The folder follows, unless somebody has just saved another text there. What came from the folder is there already.
     *
     * @param before the name of the file that the edit replaced
     */
    void follow(Edit edit, int number, String before) {
        boolean fromHere = edit.origin().equals(Edit.FILE);
        if (fromHere || (isOurs(edit.file().name()) && isOurs(before) && replace(before, edit))) {
            copies.are(edit.flow(), number);
        }
    }

    private boolean isOurs(String name) {
        return folder.read(name)
                .filter(file -> !revisions.has(file.key(), file.sha256()))
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
