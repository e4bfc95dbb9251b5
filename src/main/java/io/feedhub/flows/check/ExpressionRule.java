package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Expressions can be read: simple and jq, where they stand and in the parameters of connectors. */
final class ExpressionRule implements Rule {
    private static final Set<String> QUESTIONS = Set.of("filter", "when", "validate", "onWhen", "completionPredicate");

    /** As a function or a variable; not as a field or a key. */
    private static final Pattern ENVIRONMENT = Pattern.compile("(?<![.\\w\"'])(env|\\$ENV)(?![\\w:\"'])");

    /** Whose address Camel asks when it reads the expression; that it is there at all is for {@link ReachRule} to say. */
    private static final String ELSEWHERE = "resource:";

    /** What Camel says of an expression without its end. */
    private static final String UNENDED = "expected symbol functionEnd but was eol";

    private final SimpleLanguage simple = new SimpleLanguage();

    ExpressionRule() {
        simple.setCamelContext(new SimpleCamelContext(false));
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        tree.entries().forEach(entry -> walk(tree, entry, "", findings));
        return findings;
    }

    /** @param word the nearest word of a step that the node stands under, through lists too */
    private void walk(FlowTree tree, Node node, String word, List<Finding> findings) {
        if (node instanceof SequenceNode several) {
            several.getValue().forEach(item -> walk(tree, item, word, findings));
        } else if (node instanceof MappingNode mapping) {
            expressions(tree, mapping, QUESTIONS.contains(word)).forEach(findings::add);
            for (NodeTuple member : mapping.getValue()) {
                String name = FlowTree.text(member.getKeyNode()).orElse("");
                if (name.equals("parameters")
                        && FlowTree.text(mapping, "uri").orElse("").startsWith("kamelet:")) {
                    FlowTree.values(member.getValueNode())
                            .forEach(value -> simple(tree, value, false).ifPresent(findings::add));
                } else {
                    walk(tree, member.getValueNode(), name.equals("expression") ? word : name, findings);
                }
            }
        }
    }

    private Stream<Finding> expressions(FlowTree tree, MappingNode mapping, boolean isQuestion) {
        return Stream.of(
                        FlowTree.member(mapping, "simple")
                                .flatMap(ExpressionRule::expression)
                                .flatMap(text -> simple(tree, text, isQuestion)),
                        FlowTree.member(mapping, "jq")
                                .flatMap(ExpressionRule::expression)
                                .flatMap(text -> jq(tree, text)))
                .flatMap(Optional::stream);
    }

    private Optional<Finding> simple(FlowTree tree, ScalarNode place, boolean isQuestion) {
        String text = place.getValue();
        if (text.contains(ELSEWHERE) || (!text.contains("${") && !isQuestion)) {
            return Optional.empty();
        }
        try {
            if (isQuestion) {
                simple.createPredicate(text);
            } else {
                simple.createExpression(text);
            }
            return Optional.empty();
        } catch (SimpleIllegalSyntaxException e) {
            String fix = firstLine(e).contains(UNENDED) ? "a } is missing" : "";
            return Optional.of(at(tree, place, e.getIndex(), "simple: " + firstLine(e), fix));
        } catch (RuntimeException e) { // what the parser says when it does not know what to say
            return Optional.of(at(tree, place, -1, "simple: " + firstLine(e), ""));
        }
    }

    private static Optional<Finding> jq(FlowTree tree, ScalarNode place) {
        try {
            JsonQuery.compile(place.getValue(), Versions.JQ_1_7);
            if (ENVIRONMENT.matcher(place.getValue()).find()) {
                String reason = "jq: a flow does not read the environment";
                return Optional.of(at(tree, place, -1, reason, "write env: .env for a member"));
            }
            return JqNames.unknown(place.getValue())
                    .map(name -> at(tree, place, -1, "jq has no function " + name, JqNames.instead(name)));
        } catch (JsonQueryException e) {
            return Optional.of(at(tree, place, -1, "jq: " + firstLine(e), ""));
        }
    }

    /** The place inside an expression, when it is written on one line without escapes. */
    private static Finding at(FlowTree tree, ScalarNode place, int index, String reason, String fix) {
        Finding start = tree.finding(place, reason, fix);
        boolean isOneLine = place.getScalarStyle() == ScalarStyle.PLAIN
                || place.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
                || place.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        if (index < 0 || !isOneLine || place.getValue().contains("\n")) {
            return start;
        }
        int quote = place.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        return new Finding(start.file(), start.line(), start.column() + quote + index, reason, fix);
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage() == null ? "this cannot be read" : e.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }

    private static Optional<ScalarNode> expression(Node language) {
        Node text = FlowTree.member(language, "expression").orElse(language);
        return text instanceof ScalarNode scalar ? Optional.of(scalar) : Optional.empty();
    }
}
