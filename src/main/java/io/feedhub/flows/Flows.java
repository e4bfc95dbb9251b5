package io.feedhub.flows;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The flows of this hub. At start-up each file is checked and loaded on its own; what is refused is listed with its reason
 * and stops nothing else. Thread-safe.
 */
@Component
public final class Flows {
    private static final Logger log = LoggerFactory.getLogger(Flows.class);
    private static final List<String> STATES = List.of("running", "paused", "refused");

    private final Map<String, Flow> byFile = new ConcurrentSkipListMap<>();
    private final Folders folders;
    private final Stage stage;
    private final CamelContext context;
    private final List<Rule> rules;

    Flows(Folders folders, Stage stage, CamelContext context, Environment environment, MeterRegistry meters) {
        this.folders = folders;
        this.stage = stage;
        this.context = context;
        this.rules = List.of(new IdentityRule(), new EndpointRule(Vocabulary.from(environment)));
        for (String state : STATES) {
            Gauge.builder("feedhub.flows", () -> count(state))
                    .tag("state", state)
                    .register(meters);
        }
    }

    /** Every flow, domain by domain. */
    public List<Flow> all() {
        return byFile.values().stream()
                .map(this::current)
                .sorted(Comparator.comparing(Flow::domain)
                        .thenComparing(Flow::id)
                        .thenComparing(Flow::file))
                .toList();
    }

    /** The flow with this id; the one that runs, when a refused file claims the same id. */
    public Optional<Flow> find(String id) {
        return all().stream()
                .filter(flow -> flow.id().equals(id))
                .min(Comparator.comparing(flow -> STATES.indexOf(flow.state())));
    }

    /**
     * Stops a flow from starting runs; a run in progress ends by itself.
     *
     * @throws IllegalStateException when Camel cannot suspend it
     */
    public void pause(String id) {
        control(id, "paused", () -> context.getRouteController().suspendRoute(id));
    }

    /**
     * Lets a paused flow start runs again.
     *
     * @throws IllegalStateException when Camel cannot resume it
     */
    public void resume(String id) {
        control(id, "resumed", () -> context.getRouteController().resumeRoute(id));
    }

    @EventListener(ApplicationStartedEvent.class)
    void loadAll() {
        List<FlowFile> files = new ArrayList<>(FlowFile.in(folders.beans()));
        files.addAll(FlowFile.in(folders.routes()));
        Map<String, String> owners = new HashMap<>();
        files.forEach(file -> load(file, owners));
        log.info("{} flows run, {} are refused", count("running"), count("refused"));
    }

    private void load(FlowFile file, Map<String, String> owners) {
        MappingNode route = null;
        try {
            FlowTree tree = FlowTree.of(file);
            route = tree.routes().stream().findFirst().orElse(null);
            check(tree, owners);
            stage.load(file);
            tree.routes().forEach(r -> owners.put(FlowTree.text(r, "id").orElse(""), file.name()));
            list(file, route, List.of());
        } catch (Refused e) {
            e.findings().forEach(finding -> log.warn("refused {}", finding));
            list(file, route, e.findings());
        }
    }

    private void check(FlowTree tree, Map<String, String> owners) throws Refused {
        List<Finding> findings = new ArrayList<>();
        for (MappingNode route : tree.routes()) {
            String owner = owners.get(FlowTree.text(route, "id").orElse(""));
            if (owner != null) {
                findings.add(tree.finding(
                        FlowTree.member(route, "id").orElse(route),
                        "the id is taken by " + owner,
                        "write id: " + tree.file().id()));
            }
        }
        rules.forEach(rule -> findings.addAll(rule.check(tree)));
        if (!findings.isEmpty()) {
            throw new Refused(findings);
        }
    }

    private void list(FlowFile file, @Nullable MappingNode route, List<Finding> problems) {
        boolean isFlow =
                !file.isShared() && file.name().startsWith(folders.routes().getFileName() + "/");
        if (!isFlow && problems.isEmpty()) {
            return;
        }
        String description =
                route == null ? "" : FlowTree.text(route, "description").orElse("");
        String state = problems.isEmpty() ? "running" : "refused";
        Flow flow = new Flow(file.id(), file.domain(), description, state, cron(route), file.name(), problems);
        byFile.put(file.name(), flow);
    }

    private static @Nullable String cron(@Nullable MappingNode route) {
        return route == null
                ? null
                : FlowTree.member(route, "from")
                        .flatMap(from -> FlowTree.member(from, "parameters"))
                        .flatMap(parameters -> FlowTree.text(parameters, "cron"))
                        .orElse(null);
    }

    /** A route that an operator has stopped, here or in the console, is paused. */
    private Flow current(Flow flow) {
        if (!flow.state().equals("running")) {
            return flow;
        }
        ServiceStatus status = context.getRouteController().getRouteStatus(flow.id());
        String state = status != null && status.isStarted() ? "running" : "paused";
        return new Flow(
                flow.id(), flow.domain(), flow.description(), state, flow.schedule(), flow.file(), flow.problems());
    }

    private long count(String state) {
        return all().stream().filter(flow -> flow.state().equals(state)).count();
    }

    private static void control(String id, String done, Action action) {
        try {
            action.run();
            log.info("{} is {}", id, done);
        } catch (Exception e) { // Camel's route controller declares no narrower one
            throw new IllegalStateException(id + " cannot be " + done + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }
}
