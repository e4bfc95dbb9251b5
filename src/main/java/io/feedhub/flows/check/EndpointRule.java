package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Every endpoint is of a component, a connector, a channel and a service that exist. */
final class EndpointRule implements Rule {
    private final Vocabulary words;

    EndpointRule(Vocabulary words) {
        this.words = words;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        for (MappingNode mapping : tree.mappings()) {
            for (String key : List.of("uri", "to")) {
                FlowTree.member(mapping, key)
                        .filter(node -> FlowTree.text(node).isPresent())
                        .ifPresent(uri -> check(tree, uri, mapping, findings));
            }
        }
        return findings;
    }

    private void check(FlowTree tree, Node place, MappingNode endpoint, List<Finding> findings) {
        String uri = FlowTree.text(place).orElse("");
        String scheme = uri.split("[:?]", 2)[0];
        known(tree, place, "component", scheme, words.schemes()).ifPresent(findings::add);
        if (!scheme.equals("kamelet") || !uri.contains(":")) {
            return;
        }
        String kamelet = uri.substring(uri.indexOf(':') + 1).split("[/?]", 2)[0];
        known(tree, place, "connector", kamelet, words.kamelets()).ifPresent(findings::add);
        FlowTree.member(endpoint, "parameters").ifPresent(parameters -> {
            parameter(tree, parameters, "channel", words.channels()).ifPresent(findings::add);
            parameter(tree, parameters, "service", words.services()).ifPresent(findings::add);
        });
    }

    private static Optional<Finding> parameter(FlowTree tree, Node parameters, String name, Set<String> names) {
        return FlowTree.member(parameters, name)
                .flatMap(node -> known(tree, node, name, FlowTree.text(node).orElse(""), names));
    }

    private static Optional<Finding> known(FlowTree tree, Node place, String kind, String name, Set<String> names) {
        return names.contains(name)
                ? Optional.empty()
                : Optional.of(tree.finding(place, "unknown " + kind + " " + name, Vocabulary.instead(name, names)));
    }
}
