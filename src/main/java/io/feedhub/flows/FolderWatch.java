package io.feedhub.flows;

import io.feedhub.flows.FlowFolder.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of files that were changed, added or removed, once they have been left alone for a while. The operating system says
 * where to look, so that an edit costs the same beside few files and many; a look at everything now and then finds what was
 * not told, such as an edit behind a symbolic link. A folder whose files are all gone at once says nothing of them, nor does one
 * that gets them back, until no more come.
 */
final class FolderWatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    static final Duration SELDOM = Duration.ofSeconds(5);
    private static final Duration OFTEN = Duration.ofMillis(500);

    /** Between two looks, however fast somebody writes. */
    private static final Duration BREATH = Duration.ofMillis(20);

    private final FlowFolder folder;
    private final Consumer<Set<String>> changed;
    private final Consumer<String> returned;
    private final FolderEvents events;
    private final Duration seldom;
    private final Settling files;
    private final Absences absences;
    private long lookedAtAll = System.nanoTime();
    private boolean failed;

    /**
     * @param settle how long a file must be left alone
     * @param seldom between two looks at everything, as long as nothing is missing
     * @param known what has been dealt with already
     * @param absences is told of folders whose files are all gone
     * @param changed is given the names of files
     * @param returned is given a folder that is whole again: what went live meanwhile was not written there
     */
    FolderWatch(
            FlowFolder folder,
            Duration settle,
            Duration seldom,
            Map<String, Stamp> known,
            Absences absences,
            Consumer<Set<String>> changed,
            Consumer<String> returned)
            throws IOException {
        this.folder = folder;
        this.seldom = seldom;
        this.files = new Settling(settle, known);
        this.absences = absences;
        this.changed = changed;
        this.returned = returned;
        this.events = new FolderEvents(folder);
        events.watchPlaces();
    }

    @Override
    public void run() {
        try {
            while (true) {
                lookSafely();
                Thread.sleep(BREATH.toMillis());
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("the hub stops");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No thread to be had, say: that may pass, and without the loop no edit would be noticed until a restart. */
    private void lookSafely() throws InterruptedException {
        try {
            look(events.await(files.untilReady(untilAll())));
        } catch (ClosedWatchServiceException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            log.error("a look at the folder broke off, the next one is soon", e);
            failed = true;
            Thread.sleep(OFTEN.toMillis());
        }
    }

    void close() throws IOException {
        events.close();
    }

    private void look(FolderEvents.Hint hint) {
        try {
            if (hint.everything() || untilAll().isZero() || !areThere(hint.names())) {
                lookAtAll();
            }
            Set<String> ready = files.ready();
            if (!ready.isEmpty()) {
                tell(ready);
            }
        } catch (UncheckedIOException e) {
            if (!failed) {
                log.warn("edits are noticed late: {}", e.getMessage());
            }
            failed = true;
        }
    }

    private void tell(Set<String> ready) {
        try {
            changed.accept(ready);
        } catch (RuntimeException | Error e) {
            files.doubt(ready);
            throw e;
        }
    }

    /** A look at what was told and what is not calm. A file that is gone may be so with its whole folder. */
    private boolean areThere(Set<String> told) {
        Set<String> names = new HashSet<>(told);
        names.addAll(files.pending());
        for (String name : names) {
            Stamp stamp = folder.look(name).orElse(null);
            if (stamp == null) {
                return false;
            }
            files.note(name, stamp);
        }
        return true;
    }

    private void lookAtAll() {
        lookedAtAll = System.nanoTime();
        events.watchPlaces();
        Map<String, Stamp> now = folder.look();
        for (String prefix : FlowFolder.PREFIXES) {
            Set<String> there = new HashSet<>(now.keySet());
            there.removeIf(name -> !name.startsWith(prefix));
            if (there.isEmpty() && files.known(prefix).size() > 1) {
                lose(prefix);
            } else {
                find(prefix, there);
            }
        }
        now.forEach(files::note);
        failed = false;
    }

    private void lose(String prefix) {
        files.forget(prefix);
        if (absences.lose(prefix)) {
            log.error("all files of {} are gone at once; the folder is taken as missing, and the flows run on", prefix);
        }
    }

    private void find(String prefix, Set<String> there) {
        boolean silent = absences.sayNothing(prefix);
        if (absences.see(prefix, there)) {
            log.info("the files of {} are coming back", prefix);
            files.doubt(prefix);
        }
        if (!absences.sayNothing(prefix)) {
            if (silent) {
                returned.accept(prefix);
            }
            Set<String> gone = files.names(prefix);
            gone.removeAll(there);
            gone.removeIf(folder::hides);
            gone.forEach(name -> files.note(name, null));
        }
    }

    private Duration untilAll() {
        Duration passed = Duration.ofNanos(System.nanoTime() - lookedAtAll);
        Duration left = (absences.areNone() && !failed ? idle() : OFTEN).minus(passed);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Java has no events of the file system on a Mac. */
    private Duration idle() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? OFTEN : seldom;
    }
}
