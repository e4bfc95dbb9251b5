package io.feedhub.console.rest;

import io.feedhub.console.audit.Audit;
import io.feedhub.flows.check.Vocabulary;
import io.feedhub.state.Memories;
import io.feedhub.state.Memory;
import io.feedhub.state.Variable;
import io.feedhub.state.imports.Entry;
import io.feedhub.state.imports.Imports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/flows/{flow}/state}: what a flow remembers, and how a person mends it; and the way in for old state. */
@RestController
@RequestMapping("/api")
final class StateApi {
    private static final SortedMap<String, Function<Entry, @Nullable Object>> PARTS = new TreeMap<>(Map.of(
            "flow", Entry::flow,
            "name", Entry::name,
            "kind", Entry::kind,
            "value", Entry::value,
            "file", Entry::file,
            "sources", Entry::sources));

    private final Memories memories;
    private final Imports imports;
    private final FlowNames names;
    private final Audit audit;

    StateApi(Memories memories, Imports imports, FlowNames names, Audit audit) {
        this.memories = memories;
        this.imports = imports;
        this.names = names;
        this.audit = audit;
    }

    @GetMapping("/flows/{flow}/state")
    StateView state(@PathVariable String flow) {
        Memory memory = known(flow);
        return new StateView(memory.items(), memory.seen(), memory.batches(), null);
    }

    /** What a flow remembers; one that there is not may remember what was imported for it. */
    private Memory known(String flow) {
        Memory memory = memories.of(flow);
        if (memory.items().isEmpty() && memory.seen() == 0 && memory.batches().isEmpty()) {
            names.requireKnown(flow);
        }
        return memory;
    }

    @GetMapping("/flows/{flow}/state/{name}")
    Page<Variable> versions(@PathVariable String flow, @PathVariable String name) {
        List<Variable> versions = memories.versions(flow, name);
        if (versions.isEmpty()) {
            Set<String> all = state(flow).items().stream().map(Variable::name).collect(Collectors.toSet());
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, flow + " has no variable " + name + "; " + Vocabulary.instead(name, all));
        }
        return Page.all(versions);
    }

    @PostMapping("/flows/{flow}/state/{name}/restore")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void restore(@PathVariable String flow, @PathVariable String name, @RequestParam long to) {
        audit.record("state.restore", flow + "." + name, () -> newest(flow, name), () -> {
            if (!memories.restore(flow, name, to)) {
                throw new ResponseStatusException(
                        HttpStatus.NOT_FOUND, flow + "." + name + " has no version " + to + " any more");
            }
        });
    }

    private @Nullable Variable newest(String flow, String name) {
        return memories.versions(flow, name).stream().findFirst().orElse(null);
    }

    /** Forgets one key, or the keys that were seen longer ago than some days. */
    @PostMapping("/flows/{flow}/seen/forget")
    Map<String, Integer> forget(
            @PathVariable String flow,
            @RequestParam Optional<String> key,
            @RequestParam Optional<Integer> olderThanDays) {
        if (key.isPresent() == olderThanDays.isPresent()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "say key or olderThanDays");
        }
        if (olderThanDays.orElse(0) < 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "olderThanDays must not be below 0");
        }
        known(flow);
        return audit.record(
                "seen.forget",
                flow,
                () -> key.map(one -> Map.of("key", one))
                        .orElseGet(() -> Map.of("seen", Long.toString(memories.count(flow)))),
                () -> Map.of(
                        "forgotten",
                        key.map(one -> memories.forget(flow, one) ? 1 : 0)
                                .orElseGet(() -> memories.forgetOlderThan(flow, olderThanDays.orElseThrow()))));
    }

    @PostMapping("/state/import")
    Page<Imports.Outcome> importState(@RequestBody List<@Nullable Entry> entries) {
        List<Entry> whole = IntStream.range(0, entries.size())
                .mapToObj(i -> whole(i + 1, entries.get(i)))
                .toList();
        return Page.all(
                audit.record("state.import", whole.size() + " entries", () -> null, () -> imports.apply(whole)));
    }

    /** JSON may lack what an entry always has. */
    private static Entry whole(int number, @Nullable Entry entry) {
        if (entry == null) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "entry " + number + " has no content");
        }
        PARTS.forEach((name, part) -> {
            if (part.apply(entry) == null) {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "entry " + number + " has no " + name);
            }
        });
        return entry;
    }

    /**
     * A flow's memory as the API shows it: one page of a list.
     *
     * @param next always null: all variables are on it
     */
    record StateView(List<Variable> items, long seen, List<Memory.Waiting> batches, @Nullable String next) {}
}
