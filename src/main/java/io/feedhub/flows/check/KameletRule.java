package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Connectors are called by a name of their own, with the parameters that they know, and channels and services exist. */
final class KameletRule implements Rule {
    private final Vocabulary words;

    KameletRule(Vocabulary words) {
        this.words = words;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        Set<String> instances = new HashSet<>();
        tree.endpoints().stream()
                .filter(endpoint -> endpoint.address().startsWith("kamelet:"))
                .forEach(call -> call(tree, call, instances, findings));
        return findings;
    }

    private void call(FlowTree tree, Endpoint call, Set<String> instances, List<Finding> findings) {
        Node uri = call.uri();
        String text = call.address().substring("kamelet:".length());
        String name = text.split("[/?]", 2)[0];
        Kamelet kamelet = words.kamelets().get(name);
        if (kamelet == null) {
            findings.add(tree.finding(
                    uri,
                    "unknown connector " + name,
                    Vocabulary.instead(name, words.kamelets().keySet())));
            return;
        }
        String instance = text.startsWith("/", name.length()) ? text.split("[/?]", 3)[1] : "";
        FlowFile file = tree.file();
        String prefix = file.isFlow() && !FlowFile.isFlowId(file.id()) ? "" : file.id() + "-";
        if (!instance.startsWith(prefix) || instance.length() == prefix.length()) {
            findings.add(tree.finding(
                    uri,
                    "the connector's call has no name of this flow",
                    "write kamelet:" + name + "/" + prefix + "<step>"));
        } else if (!instances.add(instance)) {
            findings.add(tree.finding(uri, "a second call is named " + instance, "give each call a name of its own"));
        }
        parameters(tree, uri, name, kamelet, call.parameters().orElse(null), findings);
    }

    private void parameters(
            FlowTree tree,
            Node uri,
            String name,
            Kamelet kamelet,
            @Nullable MappingNode parameters,
            List<Finding> findings) {
        Set<String> said = new HashSet<>();
        if (parameters != null) {
            for (NodeTuple parameter : parameters.getValue()) {
                String key = FlowTree.text(parameter.getKeyNode()).orElse("");
                said.add(key);
                Set<String> choices = kamelet.parameters().get(key);
                if (choices == null) {
                    findings.add(tree.finding(
                            parameter.getKeyNode(),
                            name + " has no parameter " + key,
                            Vocabulary.instead(key, kamelet.parameters().keySet())));
                } else {
                    value(tree, key, parameter.getValueNode(), choices, findings);
                }
            }
        }
        kamelet.required().stream()
                .filter(key -> !said.contains(key))
                .forEach(key -> findings.add(
                        tree.finding(uri, name + " wants the parameter " + key, "add " + key + ": to its parameters")));
    }

    private void value(FlowTree tree, String key, Node place, Set<String> choices, List<Finding> findings) {
        String value = FlowTree.text(place).orElse("");
        if (value.contains("}}")) {
            findings.add(tree.finding(place, "}} ends a placeholder, also within " + key, "write } }"));
        }
        Map<String, Set<String>> named = Map.of("channel", words.channels(), "service", words.services());
        if (named.containsKey(key)) {
            Set<String> names = named.getOrDefault(key, Set.of());
            Optional<String> comment = tree.comment(place).filter(cut -> value.isEmpty());
            if (comment.isPresent()) {
                findings.add(tree.finding(
                        place, "there is no " + key, "# begins a comment; " + instead(comment.get(), names)));
            } else {
                reportUnknown(tree, place, "unknown " + key + " " + value, value, names, findings);
            }
        } else if (choices.contains("<number>")) {
            if (!value.matches("\\d+")) {
                findings.add(tree.finding(place, key + " is not a number: " + value, "write a number"));
            }
        } else if (!choices.isEmpty() && !value.contains("${")) {
            reportUnknown(tree, place, key + " cannot be " + value, value, choices, findings);
        }
    }

    /** What a comment would have named without its sign. */
    private static String instead(String comment, Set<String> names) {
        String word = comment.replaceFirst("[#\\s]*", "").split("[^\\w-]", 2)[0];
        return names.contains(word) ? "write " + word : Vocabulary.instead(word, names);
    }

    private static void reportUnknown(
            FlowTree tree, Node place, String reason, String value, Set<String> names, List<Finding> findings) {
        if (!names.contains(value)) {
            findings.add(tree.finding(place, reason, Vocabulary.instead(value, names)));
        }
    }
}
