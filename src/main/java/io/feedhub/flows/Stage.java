package io.feedhub.flows;

import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Changes what runs on this node: one flow, or beans and shared policy with the flows that use them. All is rehearsed first,
 * and what was there before comes back when something fails nevertheless.
 */
@Component
final class Stage {
    private final Rehearsal rehearsal;
    private final Swap swap;
    private final SharedParts shared;
    private final Catalogue catalogue;

    Stage(Rehearsal rehearsal, Swap swap, SharedParts shared, Catalogue catalogue) {
        this.rehearsal = rehearsal;
        this.swap = swap;
        this.shared = shared;
        this.catalogue = catalogue;
    }

    /**
     * Puts a file in the place of the one that runs under its key.
     *
     * @param next null when the file is gone
     * @throws Refused when it cannot run; then what ran before runs on
     */
    void change(String key, @Nullable FlowFile next) throws Refused {
        FlowFile old = catalogue.live(key).map(Live::file).orElse(null);
        if (old == null && next == null) {
            return;
        }
        if (key.contains("/")) {
            changeShared(old, next);
            return;
        }
        if (old != null && next != null) {
            rehearsal.of(List.of(next));
        }
        swap.exchange(old, next);
    }

    private void changeShared(@Nullable FlowFile old, @Nullable FlowFile next) throws Refused {
        List<FlowFile> users = users(old, next);
        for (FlowFile user : users) {
            rehearsal.of(next == null ? List.of(user) : List.of(next, user));
        }
        shared.exchange(old, next);
        List<FlowFile> done = new ArrayList<>();
        try {
            for (FlowFile user : users) {
                done.add(user);
                swap.exchange(user, user);
            }
        } catch (Refused e) {
            shared.exchange(next, old);
            for (FlowFile user : done) {
                swap.exchange(user, user);
            }
            throw e;
        }
    }

    private List<FlowFile> users(@Nullable FlowFile old, @Nullable FlowFile next) {
        boolean isPolicy = (old == null ? Objects.requireNonNull(next) : old).isShared();
        Set<String> names = new TreeSet<>();
        if (old != null) {
            names.addAll(BeanNames.in(old));
        }
        if (next != null) {
            names.addAll(BeanNames.in(next));
        }
        return catalogue.live().stream()
                .map(Live::file)
                .filter(FlowFile::isFlow)
                .filter(file -> isPolicy || names.stream().anyMatch(name -> BeanNames.isNamed(name, file)))
                .toList();
    }
}
