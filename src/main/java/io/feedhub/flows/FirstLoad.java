package io.feedhub.flows;

import io.feedhub.database.Reason;
import io.feedhub.flows.RevisionBatch.Newest;
import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Outline;
import io.feedhub.flows.check.Refused;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings up at a start what needs no thought: files that are what is live, and good edits of it. One thread checks them
 * ahead of the one that builds, and all of a batch are recorded together. What is not as plain as that, or is refused, it leaves untouched to
 * the {@link Reconciler}, which takes one flow at a time.
 */
@Component
final class FirstLoad {
    private static final Logger log = LoggerFactory.getLogger(FirstLoad.class);
    private static final int FIRST_BATCH = 8;
    private static final int BATCH = 250;

    private final FlowFolder folder;
    private final Checker checker;
    private final LiveRoutes routes;
    private final RevisionBatch revisionBatch;
    private final Copies copies;
    private final LiveFiles liveFiles;
    private final FlowLocks locks;

    FirstLoad(
            FlowFolder folder,
            Checker checker,
            LiveRoutes routes,
            RevisionBatch revisionBatch,
            Copies copies,
            LiveFiles liveFiles,
            FlowLocks locks) {
        this.folder = folder;
        this.checker = checker;
        this.routes = routes;
        this.revisionBatch = revisionBatch;
        this.copies = copies;
        this.liveFiles = liveFiles;
        this.locks = locks;
    }

    /** A flow's file, what it says of itself, and the edit that it follows, or is. */
    private record Plain(FlowFile file, Outline outline, Newest newest) {
        boolean isEdit() {
            return !newest.is(file);
        }

        Live live(int revision) {
            return new Live(file, outline, revision);
        }
    }

    /**
     * Brings flows up. Those of a batch that cannot be recorded are left to the {@link Reconciler} too.
     *
     * @param names of the files in the folder
     * @return how many are up
     */
    int load(Collection<String> names) {
        Map<String, List<String>> flows = names.stream()
                .map(name -> new FlowFile(name, ""))
                .filter(FlowFile::isFlow)
                .collect(Collectors.groupingBy(
                        FlowFile::key, TreeMap::new, Collectors.mapping(FlowFile::name, Collectors.toList())));
        Map<String, Newest> known = revisionBatch.newest(flows.keySet());
        List<String> single = flows.values().stream()
                .filter(files -> files.size() == 1)
                .map(files -> files.get(0))
                .toList();
        new Lookahead("first-check")
                .each(batches(single), batch -> plain(batch, known), plain -> locks.takeAll(() -> bring(plain)));
        return liveFiles.live().size();
    }

    /** The first ones are small, so that soon there is something to build. */
    private static List<List<String>> batches(List<String> files) {
        List<List<String>> batches = new ArrayList<>();
        int size = FIRST_BATCH;
        int from = 0;
        while (from < files.size()) {
            int to = Math.min(from + size, files.size());
            batches.add(files.subList(from, to));
            from = to;
            size = Math.min(2 * size, BATCH);
        }
        return batches;
    }

    private List<Plain> plain(List<String> names, Map<String, Newest> known) {
        return names.stream()
                .flatMap(name -> read(name).stream())
                .filter(file -> isPlain(file, known.getOrDefault(file.key(), Newest.NONE)))
                .map(file -> new Plain(file, Outline.of(file), known.getOrDefault(file.key(), Newest.NONE)))
                .toList();
    }

    private boolean isPlain(FlowFile file, Newest newest) {
        return (newest.is(file) || newest.isBaseOf(file)) && checker.check(file).isEmpty();
    }

    private Optional<FlowFile> read(String name) {
        try {
            return folder.read(name);
        } catch (UncheckedIOException e) { // it keeps no other file from being read
            return Optional.empty();
        }
    }

    private void bring(List<Plain> batch) {
        List<Plain> started =
                routes.many(() -> batch.stream().filter(this::starts).toList());
        Map<String, Integer> seen = new HashMap<>();
        started.stream().filter(each -> !each.isEdit()).forEach(each -> {
            liveFiles.runs(each.live(each.newest().revision()));
            if (each.newest().copy() != each.newest().revision()) {
                seen.put(each.file().key(), each.newest().revision());
            }
        });
        try {
            accept(started.stream().filter(Plain::isEdit).toList(), seen);
            if (!seen.isEmpty()) {
                copies.are(seen);
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("some of {} flows are looked at again: {}", started.size(), Reason.of(e));
            leave(started, seen.keySet());
        }
    }

    /** What is not recorded must not run, for who takes it up starts it; of what runs, the copies are compared again. */
    private void leave(List<Plain> started, Set<String> seen) {
        started.stream()
                .map(each -> each.file().key())
                .filter(flow -> liveFiles.live(flow).isEmpty())
                .forEach(routes::remove);
        seen.forEach(liveFiles::doubt);
    }

    private boolean starts(Plain each) {
        try {
            if (liveFiles.live(each.file().key()).isPresent()) {
                return false; // somebody was faster, by the API
            }
            routes.load(each.file());
            return true;
        } catch (Refused e) {
            return false;
        } catch (RuntimeException | Error e) { // one flow's trouble is no other's
            log.error(
                    "{} could not be started and is looked at again",
                    each.file().name(),
                    e);
            return false;
        }
    }

    private void accept(List<Plain> started, Map<String, Integer> seen) {
        if (started.isEmpty()) {
            return;
        }
        Map<Plain, Edit> edits = started.stream().collect(Collectors.toMap(each -> each, this::edit));
        Map<String, Integer> numbers = revisionBatch.accept(List.copyOf(edits.values()));
        edits.forEach((plain, edit) -> {
            String flow = edit.flow();
            Integer number = numbers.get(flow);
            if (number == null) {
                routes.remove(flow); // a peer was faster
            } else {
                liveFiles.runs(plain.live(number));
                seen.put(flow, number);
                log.info("{}: revision {} by {} is live", flow, number, edit.author());
            }
        });
    }

    private Edit edit(Plain plain) {
        FlowFile file = plain.file();
        return Edit.of(file, plain.newest().revision(), folder.owner(file.name()), Edit.FILE);
    }
}
