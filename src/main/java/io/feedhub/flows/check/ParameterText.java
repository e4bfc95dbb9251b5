package io.feedhub.flows.check;

import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The values of an endpoint's parameters: Camel makes an address of them and reads that, so each must stay what it seems. In a
 * connector's an ampersand does.
 */
final class ParameterText {
    /** Within it an ampersand is one; it ends at its first bracket. */
    private static final Pattern RAW = Pattern.compile("RAW(?:\\([^)&]*&[^)]*\\)|\\{[^}&]*&[^}]*})");

    private static final Pattern RAW_FILE = Pattern.compile("RAW.[\\x00-\\x20]*(?:resource|file|classpath):");

    /** It could be any character, of a word that no rule would see. */
    private static final Pattern HIDDEN = Pattern.compile("%\\p{XDigit}{2}");

    private static final Pattern OPTION = Pattern.compile("&");
    private static final Pattern OPTIONS = Pattern.compile("\\?");

    private ParameterText() {}

    static void check(FlowTree tree, String scheme, Node parameters, List<Finding> findings) {
        if (parameters instanceof MappingNode mapping) {
            for (NodeTuple parameter : mapping.getValue()) {
                String name = FlowTree.text(parameter.getKeyNode()).orElse("");
                if (!name.matches("[\\w.-]+")) {
                    findings.add(
                            tree.finding(parameter.getKeyNode(), "not a parameter's name: " + name, "write a name"));
                } else if (parameter.getValueNode() instanceof ScalarNode value) {
                    check(tree, scheme, scheme.equals("sql") && name.equals("query"), value, findings);
                } else {
                    findings.add(tree.finding(parameter.getValueNode(), name + " is not one text", "put it in quotes"));
                }
            }
        }
    }

    /** Of sql the query is in the address, before its options. */
    private static void check(FlowTree tree, String scheme, boolean isQuery, ScalarNode value, List<Finding> findings) {
        String text = value.getValue();
        boolean isConnectors = scheme.equals("kamelet");
        boolean isRaw = RAW.matcher(text).matches() && !RAW_FILE.matcher(text).lookingAt();
        if (HIDDEN.matcher(text).find()) {
            findings.add(tree.finding(
                    value,
                    HIDDEN,
                    "Camel reads % and two of 0 to f as another character",
                    "write that character; in a query put something between, such as '%' || 'ab'"));
        }
        if (!isRaw && text.strip().startsWith("RAW")) {
            findings.add(tree.finding(
                    value, "RAW hides what is in it", isConnectors ? "write it without RAW" : instead(text)));
        } else if (isQuery && OPTIONS.matcher(text).find()) {
            findings.add(tree.finding(
                    value,
                    OPTIONS,
                    "Camel reads options behind the ? of a query",
                    "write jsonb_exists(a, b) for a ? b, and chr(63) in a text"));
        } else if (!isConnectors && !isQuery && !isRaw && OPTION.matcher(text).find()) {
            findings.add(tree.finding(value, OPTION, "Camel reads another parameter behind the &", instead(text)));
        }
    }

    /** RAW ends at its first bracket, so there is none for a text that has both. */
    private static String instead(String text) {
        String inside = text.strip().replaceFirst("(?s)^RAW(?:\\((.*)\\)|\\{(.*)})$", "$1$2");
        if (!inside.contains("&")) {
            return "write it without RAW";
        }
        if (inside.contains(")") && inside.contains("}")) {
            return "set a variable in a step before, and write ${variable.x}";
        }
        return inside.contains(")") ? "write RAW{…} around the value" : "write RAW(…) around the value";
    }
}
