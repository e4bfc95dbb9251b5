package io.feedhub.flows;

import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Changes what runs on this node: one flow, or beans and shared policy with the flows that use them. All is rehearsed first,
 * and what was there before comes back when something fails nevertheless.
 */
@Component
final class Rollout {
    private final Rehearsal rehearsal;
    private final Swap swap;
    private final SharedParts shared;
    private final LiveFiles liveFiles;

    Rollout(Rehearsal rehearsal, Swap swap, SharedParts shared, LiveFiles liveFiles) {
        this.rehearsal = rehearsal;
        this.swap = swap;
        this.shared = shared;
        this.liveFiles = liveFiles;
    }

    /**
     * Puts a file in the place of the one that runs under its key.
     *
     * @param next null when the file is gone
     * @throws Refused when it cannot run; then what ran before runs on
     */
    void change(String key, @Nullable FlowFile next) throws Refused {
        FlowFile old = liveFiles.live(key).map(Live::file).orElse(null);
        if (old == null && next == null) {
            return;
        }
        if (FlowFile.isSharedKey(key)) {
            changeShared(old, next);
            return;
        }
        if (old != null && next != null) {
            rehearsal.rehearse(List.of(next), Set.of());
        }
        swap.exchange(old, next);
    }

    /** How many flows a change to this file exchanges, one after the other: those that use it, and back when one fails. */
    int swaps(FlowFile file) {
        FlowFile old = liveFiles.live(file.key()).map(Live::file).orElse(null);
        return file.isFlow() ? 1 : 2 * users(old, file).size();
    }

    private void changeShared(@Nullable FlowFile old, @Nullable FlowFile next) throws Refused {
        Set<String> names = names(old, next);
        List<FlowFile> users = users(old, next);
        keepWhatIsNamed(old, next, users);
        for (FlowFile user : users) {
            rehearsal.rehearse(next == null ? List.of(user) : List.of(next, user), names);
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
        return liveFiles.users(old == null ? Objects.requireNonNull(next) : old, names(old, next));
    }

    /** Not all beans are looked up when a route is built: a message's shape would be missed by the next run only. */
    private static void keepWhatIsNamed(@Nullable FlowFile old, @Nullable FlowFile next, List<FlowFile> users)
            throws Refused {
        Set<String> gone = names(old, null);
        gone.removeAll(names(null, next));
        List<Finding> missed = users.stream()
                .flatMap(user -> BeanNames.missed(gone, user).stream())
                .toList();
        if (!missed.isEmpty()) {
            throw new Refused(missed);
        }
    }

    /** The beans that are about to change, or to go. */
    private static Set<String> names(@Nullable FlowFile old, @Nullable FlowFile next) {
        Set<String> names = new TreeSet<>();
        Stream.of(old, next).filter(Objects::nonNull).forEach(file -> names.addAll(BeanNames.in(file)));
        return names;
    }
}
