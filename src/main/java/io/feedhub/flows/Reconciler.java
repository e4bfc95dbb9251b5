package io.feedhub.flows;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Compares what is in a flow's file, what the database says is live and what runs here, and makes them agree. */
@Component
final class Reconciler {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private final Revisions revisions;
    private final Copies copies;
    private final FlowFolder folder;
    private final Admission admission;
    private final Follower follower;
    private final Mirror mirror;
    private final RefusedEdits refused;
    private final FlowLocks locks;

    Reconciler(
            Revisions revisions,
            Copies copies,
            FlowFolder folder,
            Mirror mirror,
            Admission admission,
            Follower follower,
            RefusedEdits refused,
            FlowLocks locks) {
        this.revisions = revisions;
        this.copies = copies;
        this.folder = folder;
        this.mirror = mirror;
        this.admission = admission;
        this.follower = follower;
        this.refused = refused;
        this.locks = locks;
    }

    /**
     * Makes them agree.
     *
     * @param key the flow, or {@code beans/<name>} or {@code _shared/<name>}
     * @param folderIsThere false when the whole folder is missing, so that a missing file says nothing
     */
    void reconcile(String key, boolean folderIsThere) {
        locks.take(key, () -> {
            Revision head = revisions.head(key).orElse(null);
            List<String> names = new ArrayList<>(folder.namesOf(key));
            @Nullable String name = own(names, head);
            FlowFile file = Optional.ofNullable(name).flatMap(folder::read).orElse(null);
            List<FlowFile> others = names.stream()
                    .filter(other -> !other.equals(name))
                    .flatMap(other -> folder.read(other).stream())
                    .toList();
            boolean gone = file == null && head != null && folderIsThere && mirror.isGone(head.file());
            if (gone) {
                bring(head);
            } else {
                settle(key, head, file, folderIsThere);
            }
            others.forEach(other -> refuseSecond(other, String.valueOf(name)));
            if (file != null || (folderIsThere && !gone)) { // else a file that was refused may come back as it was
                resolve(key, file, others);
            }
        });
    }

    private void resolve(String key, @Nullable FlowFile file, List<FlowFile> others) {
        List<String> stillThere =
                new ArrayList<>(others.stream().map(FlowFile::sha256).toList());
        if (file != null) {
            stillThere.add(file.sha256());
        }
        refused.resolve(key, stillThere);
    }

    private void settle(String key, @Nullable Revision head, @Nullable FlowFile file, boolean folderIsThere) {
        if (head == null) {
            follower.withdraw(key);
        }
        Revision copy = folderIsThere
                ? copies.of(key).flatMap(number -> revisions.find(key, number)).orElse(null)
                : null;
        boolean known = file != null && revisions.wasLive(key, file.sha256());
        boolean told = head != null && file != null && revisions.isTold(head, file);
        Verdict verdict = Verdict.of(head, told, copy, known, file);
        log.debug("{}: {}", key, verdict);
        switch (verdict) {
            case SAME -> same(head);
            case STALE -> stale(key, head, file);
            case EDIT -> edit(head, file);
            case CONFLICT -> conflict(head, copy, file);
            case TOLD -> bring(head);
        }
    }

    private void same(@Nullable Revision head) {
        bring(head);
        if (head != null) {
            copies.are(head.flow(), head.number());
        }
    }

    private void stale(String key, @Nullable Revision head, @Nullable FlowFile file) {
        bring(head);
        if (head == null || !isStill(key, file)) {
            return;
        }
        boolean written = head.isAccepted() ? folder.write(head.asFile()) : folder.delete(head.file());
        if (written && file != null && !file.name().equals(head.file())) {
            written = folder.delete(file.name());
        }
        if (written) {
            log.info("{}: the file in this folder is now revision {} by {}", head.flow(), head.number(), head.author());
            copies.are(head.flow(), head.number());
        }
    }

    /** A swap waits for runs, and an edit that is saved meanwhile is the watch's next look's. */
    private boolean isStill(String key, @Nullable FlowFile file) {
        return file == null
                ? folder.namesOf(key).isEmpty()
                : folder.read(file.name()).filter(file::equals).isPresent();
    }

    private void edit(@Nullable Revision head, @Nullable FlowFile file) {
        int base = head == null ? 0 : head.number();
        if (file == null) {
            String name = Objects.requireNonNull(head).file();
            admission.take(Edit.deletion(name, base, "unknown", Edit.FILE));
            return;
        }
        take(Edit.of(file, base, folder.owner(file.name()), Edit.FILE), head);
    }

    /** Of an edit that lost, what won is the base of the next one, for its author is told. */
    private void take(Edit edit, @Nullable Revision head) {
        Outcome outcome = admission.take(edit);
        if (outcome instanceof Outcome.Conflict lost) {
            same(lost.head());
        } else if (outcome instanceof Outcome.Refused) {
            bring(head);
        }
    }

    private void conflict(@Nullable Revision head, @Nullable Revision copy, @Nullable FlowFile file) {
        if (head == null || copy == null || file == null) {
            throw new IllegalStateException("a conflict has two sides");
        }
        bring(head);
        take(Edit.of(file, copy.number(), folder.owner(file.name()), Edit.FILE), head);
    }

    private void bring(@Nullable Revision head) {
        if (head != null) {
            follower.bring(head);
        }
    }

    private void refuseSecond(FlowFile second, String owner) {
        Finding finding = Checker.taken(second, owner);
        refused.refuse(Edit.of(second, 0, folder.owner(second.name()), Edit.FILE), List.of(finding));
    }

    /** Of several files with one id the one that is live keeps it. */
    private static @Nullable String own(List<String> names, @Nullable Revision head) {
        if (head != null && names.contains(head.file())) {
            return head.file();
        }
        return names.isEmpty() ? null : names.get(0);
    }
}
