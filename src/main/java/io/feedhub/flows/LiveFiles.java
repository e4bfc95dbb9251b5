package io.feedhub.flows;

import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Outline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What runs on this node and what was refused, in memory: it is there when the database is not. Thread-safe. */
@Component
final class LiveFiles {
    private static final int DOUBTFUL = -1;

    private final ConcurrentNavigableMap<String, Live> running = new ConcurrentSkipListMap<>();
    private final Map<String, Failure> failures = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();
    private volatile List<Revision> refused = List.of();

    /** A head that this node cannot run. */
    private record Failure(FlowFile file, int revision, List<Finding> findings, boolean isSettled) {
        Failure again() {
            return new Failure(file, revision, findings, false);
        }
    }

    Optional<Live> live(String key) {
        return Optional.ofNullable(running.get(key));
    }

    Collection<Live> live() {
        return running.values();
    }

    /** Those that hold beans. */
    Collection<Live> beans() {
        return running.subMap("beans/", "beans0").values(); // 0 comes after the slash
    }

    /**
     * The flows that are exchanged with a file that they share: all of them with a policy, with beans those that name one.
     *
     * @param beans the names of the file's
     */
    List<FlowFile> users(FlowFile shared, Set<String> beans) {
        return live().stream()
                .map(Live::file)
                .filter(FlowFile::isFlow)
                .filter(file -> shared.isShared() || beans.stream().anyMatch(name -> BeanNames.isNamed(name, file)))
                .toList();
    }

    /** From now on this is what runs under a key; nothing, when the file is null. */
    void runs(String key, @Nullable FlowFile file, int revision) {
        if (file == null) {
            running.remove(key);
            failures.remove(key);
            ended.put(key, revision);
        } else {
            runs(new Live(file, Outline.of(file), revision));
        }
    }

    /** From now on this is what runs under the file's key. */
    void runs(Live live) {
        running.put(live.file().key(), live);
        failures.remove(live.file().key());
        ended.remove(live.file().key());
    }

    void fails(FlowFile file, int revision, List<Finding> findings) {
        failures.put(file.key(), new Failure(file, revision, findings, true));
    }

    /** From now on this is what runs under a key, but the database may not have it. */
    void unrecorded(String key, @Nullable FlowFile file) {
        runs(key, file, DOUBTFUL);
    }

    /** What runs may not be what the database has; it is to be compared again. */
    void doubt(String key) {
        running.computeIfPresent(key, (same, live) -> new Live(live.file(), live.outline(), DOUBTFUL));
        ended.remove(key);
    }

    boolean isDoubtful(String key) {
        return live(key).filter(live -> live.revision() == DOUBTFUL).isPresent();
    }

    /** The revision that this node has dealt with: it runs, it cannot run here, or it is the end; 0 for none. */
    int settled(String key) {
        Failure failure = failures.get(key);
        return failure == null || !failure.isSettled()
                ? live(key).map(Live::revision).orElseGet(() -> ended.getOrDefault(key, 0))
                : failure.revision();
    }

    /** Has flows looked at again: those with an edit that was refused, or a head that cannot run here. */
    Set<String> lookAgain() {
        Set<String> flows = new TreeSet<>(failures.keySet());
        refused.forEach(revision -> flows.add(revision.flow()));
        flows.removeIf(FlowFile::isSharedKey);
        flows.forEach(flow -> failures.computeIfPresent(flow, (same, failure) -> failure.again()));
        return flows;
    }

    void refused(List<Revision> open) {
        refused = open;
    }

    /** Every file that is refused, with its reasons: edits, and what this node cannot run. */
    Map<FlowFile, List<Finding>> problems() {
        Map<FlowFile, List<Finding>> problems = new LinkedHashMap<>();
        for (Revision revision : refused) {
            problems.computeIfAbsent(new FlowFile(revision.file(), ""), file -> new ArrayList<>())
                    .addAll(revision.findings());
        }
        for (Failure failure : failures.values()) {
            problems.computeIfAbsent(new FlowFile(failure.file().name(), ""), file -> new ArrayList<>())
                    .addAll(failure.findings());
        }
        return problems;
    }
}
