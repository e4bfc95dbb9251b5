package io.feedhub.flows.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The file is what Camel's YAML DSL allows: its words, in their places, with values of their kinds; see {@link AllowedTexts}. */
final class DslRule implements Rule {
    private final Dsl dsl;

    DslRule(Dsl dsl) {
        this.dsl = dsl;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        if (tree.entries().isEmpty()) {
            findings.add(new Finding(tree.file().name(), 1, 1, "there is nothing in this file", "begin with - route:"));
        }
        tree.entries().forEach(entry -> new Walk(tree, findings).node(entry, dsl.entry()));
        return findings;
    }

    private final class Walk {
        private final FlowTree tree;
        private final List<Finding> findings;

        Walk(FlowTree tree, List<Finding> findings) {
            this.tree = tree;
            this.findings = findings;
        }

        void node(Node node, JsonNode definition) {
            if (node instanceof MappingNode mapping) {
                JsonNode form = dsl.mapping(definition);
                if (form.isMissingNode()) {
                    say(node, "this cannot be a mapping", "write " + kind(definition));
                } else if (form.has("properties")) {
                    mapping(mapping, form, definition);
                }
            } else if (node instanceof SequenceNode sequence) {
                sequence(sequence, definition);
            } else if (node instanceof ScalarNode scalar) {
                scalar(scalar, definition);
            }
        }

        private void mapping(MappingNode mapping, JsonNode form, JsonNode definition) {
            Set<String> said = new TreeSet<>();
            for (NodeTuple member : mapping.getValue()) {
                String name = FlowTree.text(member.getKeyNode()).orElse("");
                said.add(name);
                if (dsl.has(form, name)) {
                    JsonNode meant = dsl.member(form, name);
                    if (!tree.file().isBeans() && !AllowedTexts.areForFlows(name, meant)) {
                        say(member.getKeyNode(), "the word " + name + " is not for flows", "leave it out");
                    }
                    node(member.getValueNode(), meant);
                } else if (!isChoice(form)) {
                    say(member.getKeyNode(), "unknown word " + name, Vocabulary.instead(name, words(form)));
                }
            }
            if (isChoice(form) && said.size() > 1) {
                say(mapping, "one step with several names: " + String.join(", ", said), "begin each with - ");
            }
            complete(mapping, form, definition, said);
        }

        /** An entry of the file or a step, whose name is for {@link AllowRule} to judge. */
        private static boolean isChoice(JsonNode form) {
            return form.has("maxProperties");
        }

        private Set<String> words(JsonNode form) {
            return dsl.members(form).stream()
                    .filter(name -> tree.file().isBeans() || AllowedTexts.areForFlows(name, dsl.member(form, name)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void complete(MappingNode mapping, JsonNode form, JsonNode definition, Set<String> said) {
            for (JsonNode required : definition.path("required")) {
                if (!said.contains(required.asText()) && !FlowTree.isMerged(mapping)) {
                    say(mapping, required.asText() + " is missing", "add " + required.asText() + ":");
                }
            }
            boolean wantsExpression = form.path("properties").has("simple")
                    && form.path("properties").has("expression");
            if (wantsExpression && !said.contains("expression") && said.stream().noneMatch(dsl.languages()::contains)) {
                say(mapping, "the expression is missing", "add simple:, jq: or constant:");
            }
        }

        private void sequence(SequenceNode sequence, JsonNode definition) {
            if (!definition.path("type").asText().equals("array")) {
                say(sequence, "this cannot be a list", "write " + kind(definition));
                return;
            }
            JsonNode items = dsl.resolve(definition.path("items"));
            sequence.getValue().forEach(item -> node(item, items));
        }

        private void scalar(ScalarNode scalar, JsonNode definition) {
            String value = scalar.getValue();
            if (value.contains("{{")) {
                return;
            }
            String type = definition.path("type").asText();
            boolean isText = type.equals("string")
                    || definition.path("oneOf").path(0).path("type").asText().equals("string");
            if (definition.has("enum")) {
                Set<String> choices = new TreeSet<>();
                definition.path("enum").forEach(choice -> choices.add(choice.asText()));
                if (!choices.contains(value)) {
                    say(scalar, "not a choice: " + value, Vocabulary.instead(value, choices));
                }
            } else if (type.equals("boolean") && !value.matches("true|false")) {
                say(scalar, value + " is neither true nor false", "write true or false");
            } else if (type.equals("number") && !value.matches("-?\\d+")) {
                say(scalar, value + " is not a number", "write a number");
            } else if (!isText && (type.equals("object") || type.equals("array"))) {
                say(
                        scalar,
                        value.isEmpty() ? "there is nothing here" : "this cannot be a text",
                        "write " + kind(definition));
            }
        }

        private static String kind(JsonNode definition) {
            return switch (definition.path("type").asText()) {
                case "array" -> "a list, each entry beginning with - ";
                case "object" -> "a mapping, name: value";
                default -> "a text";
            };
        }

        private void say(Node place, String reason, String fix) {
            findings.add(tree.finding(place, reason, fix));
        }
    }
}
