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
        Map<String, List<Finding>> problems = problems();
        List<Flow> flows = new ArrayList<>();
        for (Live live : liveFiles.live()) {
            List<Finding> findings = problems.remove(live.file().name());
            if (live.file().isFlow() || findings != null) {
                flows.add(running(live, findings == null ? List.of() : findings));
            }
        }
        problems.forEach((name, findings) -> flows.add(refused(new FlowFile(name, ""), findings)));
        flows.sort(Comparator.comparing(Flow::domain).thenComparing(Flow::id).thenComparing(Flow::file));
        return flows;
    }

    /** The files of beans and of policy that run here; as far as a flow's words fit them. */
    public List<Flow> shared() {
        Map<String, List<Finding>> problems = problems();
        return liveFiles.live().stream()
                .filter(live -> !live.file().isFlow())
                .map(live -> running(live, problems.getOrDefault(live.file().name(), List.of())))
                .toList();
    }

    /** The flow with this id; the one that runs, when a refused file claims the same id. */
    public Optional<Flow> find(String id) {
        return all().stream().filter(flow -> flow.id().equals(id)).min(Comparator.comparing(Flow::state));
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

    private Flow running(Live live, List<Finding> findings) {
        FlowFile file = live.file();
        FlowState state = file.isFlow() && starters.isPaused(file.id()) ? FlowState.PAUSED : FlowState.RUNNING;
        return new Flow(
                file.id(),
                file.domain(),
                live.outline().description(),
                state,
                live.outline().schedule(),
                live.isNumbered() ? live.revision() : 0,
                file.name(),
                findings);
    }

    private static Flow refused(FlowFile file, List<Finding> findings) {
        return new Flow(file.id(), file.domain(), "", FlowState.REFUSED, null, 0, file.name(), findings);
    }

    private long count(FlowState state) {
        return all().stream().filter(flow -> flow.state() == state).count();
    }
}
