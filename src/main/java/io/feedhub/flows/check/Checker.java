package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;

/** Reads a file as a strict colleague would. Needs no hub; thread-safe. */
public final class Checker {
    private final List<Rule> rules;

    /**
     * @param words the names that files may use
     */
    public Checker(Vocabulary words) {
        this.rules = List.of(new IdentityRule(), new EndpointRule(words));
    }

    /** What is wrong with a file, in its order; empty when it may go live. */
    public List<Finding> check(FlowFile file) {
        try {
            FlowTree tree = FlowTree.of(file);
            List<Finding> findings = new ArrayList<>();
            rules.forEach(rule -> findings.addAll(rule.check(tree)));
            return findings;
        } catch (Refused e) {
            return e.findings();
        }
    }

    /** The finding for a second file of a flow. */
    public static Finding taken(FlowFile second, String owner) {
        String reason = "the id is taken by " + owner;
        String fix = "give the file, and the route in it, a name of its own";
        try {
            FlowTree tree = FlowTree.of(second);
            return tree.routes().stream()
                    .flatMap(route -> FlowTree.member(route, "id").stream())
                    .findFirst()
                    .map(id -> tree.finding(id, reason, fix))
                    .orElse(new Finding(second.name(), 1, 1, reason, fix));
        } catch (Refused e) {
            return new Finding(second.name(), 1, 1, reason, fix);
        }
    }
}
