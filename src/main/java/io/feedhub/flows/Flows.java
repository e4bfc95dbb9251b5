package io.feedhub.flows;

import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The flows of this hub. Thread-safe. */
@Component
public final class Flows {
    private final LiveFiles liveFiles;
    private final Starters starters;

    Flows(LiveFiles liveFiles, LiveRoutes routes, MeterRegistry meters) {
        this.liveFiles = liveFiles;
        this.starters = routes.starters();
        for (FlowState state : FlowState.values()) {
            Gauge.builder("feedhub.flows", () -> count(state))
                    .tag("state", state.word())
                    .register(meters);
        }
        Gauge.builder("feedhub.edits.refused", () -> liveFiles.problems().size())
                .description("Files whose newest edit does not run")
                .register(meters);
    }

    /** Every flow, domain by domain; files that were refused and never ran as well. */
    public List<Flow> all() {
        List<Flow> flows = inNoOrder();
        flows.sort(Comparator.comparing(Flow::domain).thenComparing(Flow::id).thenComparing(Flow::file));
        return flows;
    }

    private List<Flow> inNoOrder() {
        Map<String, List<Finding>> problems = problems();
        Set<String> paused = starters.paused();
        List<Flow> flows = new ArrayList<>();
        for (Live live : liveFiles.live()) {
            FlowFile file = live.file();
            List<Finding> findings = problems.remove(file.name());
            if (file.isFlow() || findings != null) {
                boolean isPaused = file.isFlow() && paused.contains(file.id());
                flows.add(running(live, isPaused, findings == null ? List.of() : findings));
            }
        }
        problems.forEach((name, findings) -> flows.add(refused(new FlowFile(name, ""), findings)));
        return flows;
    }

    /** The files of beans and of policy that run here; as far as a flow's words fit them. */
    public List<Flow> shared() {
        Map<String, List<Finding>> problems = problems();
        return liveFiles.live().stream()
                .filter(live -> !live.file().isFlow())
                .map(live ->
                        running(live, false, problems.getOrDefault(live.file().name(), List.of())))
                .toList();
    }

    /** The flow with this id; the one that runs, when a refused file claims the same id. */
    public Optional<Flow> find(String id) {
        return liveFiles
                .live(id)
                .filter(live -> live.file().isFlow())
                .map(live -> running(
                        live,
                        starters.isPaused(id),
                        problems().getOrDefault(live.file().name(), List.of())))
                .or(() -> inNoOrder().stream() // files that flows share are among them, while they have problems
                        .filter(flow -> flow.id().equals(id))
                        .min(Comparator.comparing(Flow::state).thenComparing(Flow::domain)));
    }

    /** The number of the revision that runs here; empty when none does, or it is just being compared with the database. */
    public OptionalInt revision(String id) {
        return liveFiles
                .live(id)
                .filter(Live::isNumbered)
                .map(live -> OptionalInt.of(live.revision()))
                .orElseGet(OptionalInt::empty);
    }

    /** The numbers of all that have one, by flow, in an order that does not depend on the node. */
    public SortedMap<String, Integer> revisions() {
        SortedMap<String, Integer> revisions = new TreeMap<>();
        liveFiles.live().stream()
                .filter(live -> live.file().isFlow() && live.isNumbered())
                .forEach(live -> revisions.put(live.file().key(), live.revision()));
        return revisions;
    }

    /** The flows here that would be exchanged with a file that they share. */
    public List<String> users(FlowFile shared) {
        return liveFiles.users(shared, BeanNames.in(shared)).stream()
                .map(FlowFile::id)
                .sorted()
                .toList();
    }

    /**
     * What is in the file that runs here under a key; empty when none does.
     *
     * @param key the flow, or {@code beans/<name>} or {@code _shared/<name>}
     */
    public Optional<String> text(String key) {
        return liveFiles.live(key).map(live -> live.file().text());
    }

    /** What is wrong with the newest edits of files that are refused, by the file's name. */
    public Map<String, List<Finding>> problems() {
        return liveFiles.problems().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private static Flow running(Live live, boolean isPaused, List<Finding> findings) {
        FlowFile file = live.file();
        return new Flow(
                file.id(),
                file.domain(),
                live.outline().description(),
                isPaused ? FlowState.PAUSED : FlowState.RUNNING,
                live.outline().schedule(),
                live.isNumbered() ? live.revision() : 0,
                file.name(),
                findings);
    }

    private static Flow refused(FlowFile file, List<Finding> findings) {
        return new Flow(file.id(), file.domain(), "", FlowState.REFUSED, null, 0, file.name(), findings);
    }

    private long count(FlowState state) {
        return inNoOrder().stream().filter(flow -> flow.state() == state).count();
    }
}
