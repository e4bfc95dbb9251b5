package io.feedhub.flows.check;

import io.feedhub.runs.RouteName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A route that a flow calls is there: its run would wait for it in vain. Another flow's is asked for only where all are
 * known.
 */
final class CallRule implements Rule {
    private static final String CALL = "direct:";

    private final Vocabulary words;

    CallRule(Vocabulary words) {
        this.words = words;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        Set<String> own = routes(tree);
        return tree.endpoints().stream()
                .flatMap(call -> check(tree, call, own).stream())
                .toList();
    }

    private Optional<Finding> check(FlowTree tree, Endpoint call, Set<String> own) {
        String route = called(call);
        if (!route.startsWith(CALL) || own.contains(route)) {
            return Optional.empty();
        }
        boolean isOwn = RouteName.isOf(tree.file().id(), route.substring(CALL.length()));
        if (!isOwn && words.routes() == null) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(own);
        if (words.routes() != null) {
            names.addAll(words.routes().get());
        }
        return names.contains(route)
                ? Optional.empty()
                : Optional.of(tree.finding(call.uri(), "unknown route " + route, Vocabulary.instead(route, names)));
    }

    /** What begins with {@code direct:} in a file; nothing when it cannot be read. */
    static Set<String> routes(FlowFile file) {
        try {
            return routes(FlowTree.of(file));
        } catch (Refused e) {
            return Set.of();
        }
    }

    private static Set<String> routes(FlowTree tree) {
        return tree.routes().stream()
                .flatMap(route -> FlowTree.member(route, "from").stream())
                .flatMap(from -> FlowTree.text(from, "uri").stream())
                .filter(uri -> uri.startsWith(CALL))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String called(Endpoint call) {
        return call.address().equals("direct")
                ? CALL
                        + call.parameters()
                                .flatMap(all -> FlowTree.text(all, "name"))
                                .orElse("")
                : call.address().split("\\?", 2)[0];
    }
}
