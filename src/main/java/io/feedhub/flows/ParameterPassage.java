package io.feedhub.flows;

import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A connector's parameters on their way through the address that Camel makes of them, in which it drops line breaks, has tabs for
 * a fault, reads what follows a percent sign as another character and what follows an ampersand as another parameter. Meanwhile
 * they are other characters.
 */
final class ParameterPassage {
    /** Unicode's pictures of the control characters, in their order. */
    private static final char PICTURES = '\u2400';

    /** For private use, so nobody writes them. */
    private static final char SIGNS = '\uE000';

    private ParameterPassage() {}

    /** Has the parameters of all connectors in a file pass. */
    static void pack(Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(ParameterPassage::pack);
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> pack(tuple.getValueNode()));
            if (calls(mapping)) {
                mapping.getValue().stream()
                        .filter(tuple -> isText(tuple.getKeyNode(), "parameters"::equals))
                        .forEach(tuple -> packEach(tuple.getValueNode()));
            }
        }
    }

    private static boolean calls(MappingNode mapping) {
        return mapping.getValue().stream()
                .anyMatch(tuple -> isText(tuple.getKeyNode(), "uri"::equals)
                        && isText(tuple.getValueNode(), uri -> uri.startsWith("kamelet:")));
    }

    private static boolean isText(Node node, Predicate<String> wanted) {
        return node instanceof ScalarNode text && wanted.test(text.getValue());
    }

    private static void packEach(Node parameters) {
        if (parameters instanceof MappingNode mapping) {
            mapping.getValue().replaceAll(tuple -> new NodeTuple(tuple.getKeyNode(), packed(tuple.getValueNode())));
        }
    }

    private static Node packed(Node value) {
        return value instanceof ScalarNode text
                ? new ScalarNode(
                        text.getTag(),
                        true,
                        in(text.getValue()),
                        text.getScalarStyle(),
                        text.getStartMark(),
                        text.getEndMark())
                : value;
    }

    private static String in(String text) {
        boolean raw = text.startsWith("RAW(") || text.startsWith("RAW{"); // there an ampersand is one
        StringBuilder passing = new StringBuilder(text);
        for (int at = 0; at < passing.length(); at++) {
            char letter = passing.charAt(at);
            if (letter < ' ') {
                passing.setCharAt(at, (char) (PICTURES + letter));
            } else if (letter == '%' || (letter == '&' && !raw)) {
                passing.setCharAt(at, (char) (SIGNS + letter));
            }
        }
        return passing.toString();
    }

    /** A parameter as it was written. */
    static String out(String text) {
        StringBuilder written = new StringBuilder(text);
        for (int at = 0; at < written.length(); at++) {
            char letter = written.charAt(at);
            if (letter >= PICTURES && letter < PICTURES + ' ') {
                written.setCharAt(at, (char) (letter - PICTURES));
            } else if (letter == SIGNS + '%' || letter == SIGNS + '&') {
                written.setCharAt(at, (char) (letter - SIGNS));
            }
        }
        return written.toString();
    }
}
