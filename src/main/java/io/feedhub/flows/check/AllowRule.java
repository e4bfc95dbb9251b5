package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a file may do at all: steps, languages, formats and beans that are known to harm nobody. */
final class AllowRule implements Rule {
    private static final Set<String> STEPS = Set.of(
            "aggregate",
            "choice",
            "convertBodyTo",
            "delay",
            "doTry",
            "filter",
            "idempotentConsumer",
            "log",
            "loop",
            "marshal",
            "multicast",
            "pipeline",
            "policy",
            "removeHeader",
            "removeHeaders",
            "removeProperty",
            "removeVariable",
            "setBody",
            "setHeader",
            "setHeaders",
            "setProperty",
            "setVariable",
            "setVariables",
            "sort",
            "split",
            "step",
            "stop",
            "throttle",
            "throwException",
            "to",
            "transform",
            "unmarshal",
            "validate");
    private static final Set<String> LANGUAGES =
            Set.of("simple", "jq", "constant", "variable", "header", "exchangeProperty", "tokenize");
    /** Those that are on the classpath. */
    static final Set<String> FORMATS = Set.of("json");
    /** None that names a class or a bean. */
    private static final Set<String> FORMAT_OPTIONS = Set.of("id", "prettyPrint");

    private static final Set<String> BUILDING = Set.of("name", "type", "properties");

    /** Those made for authors, with the properties that they are told. */
    private static final Map<String, Set<String>> TYPES = Map.of(
            "io.feedhub.delivery.Shape",
            Set.of("title", "text", "url", "tone", "fields"),
            "io.feedhub.state.Batches",
            Set.of("name", "lease", "recoveryInterval", "useRecovery", "maximumRedeliveries", "deadLetterUri"));

    /** Of Camel's, which are told nothing. */
    private static final Pattern STRATEGY =
            Pattern.compile("org\\.apache\\.camel\\.processor\\.aggregate\\.\\w+AggregationStrategy");

    /** Of a bean's properties, the one to which Camel sends: another flow's route, and nothing else. */
    private static final Pattern ROUTE = Pattern.compile("direct:[a-z][a-z0-9_.-]*");

    private final Set<String> allLanguages;

    AllowRule(Dsl dsl) {
        this.allLanguages = dsl.languages();
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        String wanted = tree.file().isBeans() ? "beans" : tree.file().isShared() ? "routeConfiguration" : "route";
        for (Node entry : tree.entries()) {
            names(entry)
                    .filter(name -> !FlowTree.text(name).orElse("").equals(wanted))
                    .forEach(name -> findings.add(tree.finding(
                            name,
                            FlowTree.text(name).orElse("") + " does not belong in this folder",
                            "write - " + wanted + ":")));
        }
        Set<Node> options = new HashSet<>(); // an endpoint's, whose names are no languages: see EndpointRule
        for (MappingNode mapping : tree.mappings()) {
            FlowTree.member(mapping, "parameters").ifPresent(options::add);
            if (!options.contains(mapping)) {
                mapping.getValue().forEach(member -> member(tree, member, findings));
            }
        }
        return findings;
    }

    private void member(FlowTree tree, NodeTuple member, List<Finding> findings) {
        String name = FlowTree.text(member.getKeyNode()).orElse("");
        Node key = member.getKeyNode();
        if (name.equals("steps") && member.getValueNode() instanceof SequenceNode steps) {
            steps.getValue().forEach(step -> names(step)
                    .forEach(stepName -> reportUnknown(tree, stepName, "step", STEPS, findings)));
        }
        if (allLanguages.contains(name) && !LANGUAGES.contains(name) && !name.equals("ref")) {
            findings.add(tree.finding(key, "the language " + name + " is not for flows", "write simple: or jq:"));
        }
        if (name.equals("marshal") || name.equals("unmarshal")) {
            names(member.getValueNode()).forEach(format -> reportUnknown(tree, format, "format", FORMATS, findings));
            values(member.getValueNode())
                    .flatMap(AllowRule::names)
                    .forEach(option -> reportUnknown(tree, option, "option of a format", FORMAT_OPTIONS, findings));
        }
        if (name.equals("beans") && member.getValueNode() instanceof SequenceNode beans) {
            beans.getValue().forEach(bean -> bean(tree, bean, findings));
        }
    }

    private static void bean(FlowTree tree, Node bean, List<Finding> findings) {
        names(bean).forEach(name -> reportUnknown(tree, name, "word of a bean", BUILDING, findings));
        FlowTree.member(bean, "properties")
                .flatMap(properties -> FlowTree.scalar(properties, "deadLetterUri"))
                .filter(uri -> !ROUTE.matcher(uri.getValue()).matches())
                .ifPresent(uri -> findings.add(tree.finding(
                        uri, "deadLetterUri is no route: " + uri.getValue(), "write direct:<flow>.<part>")));
        String type = FlowTree.text(bean, "type").orElse("");
        if (!TYPES.containsKey(type) && !STRATEGY.matcher(type).matches()) {
            findings.add(tree.finding(
                    FlowTree.member(bean, "type").orElse(bean),
                    "a bean of this type could be anything",
                    "write one of: " + String.join(", ", new TreeSet<>(TYPES.keySet()))
                            + ", org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"));
            return;
        }
        FlowTree.member(bean, "properties").stream()
                .flatMap(AllowRule::names)
                .forEach(name ->
                        reportUnknown(tree, name, "property of a bean", TYPES.getOrDefault(type, Set.of()), findings));
    }

    private static void reportUnknown(
            FlowTree tree, Node place, String kind, Set<String> names, List<Finding> findings) {
        String name = FlowTree.text(place).orElse("");
        if (!names.contains(name)) {
            findings.add(tree.finding(
                    place,
                    "the " + kind + " " + name + " is not for flows",
                    Vocabulary.instead(name, new TreeSet<>(names))));
        }
    }

    private static Stream<Node> names(Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().map(NodeTuple::getKeyNode)
                : Stream.empty();
    }

    private static Stream<Node> values(Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().map(NodeTuple::getValueNode)
                : Stream.empty();
    }
}
