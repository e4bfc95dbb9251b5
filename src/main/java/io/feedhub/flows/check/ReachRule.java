package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What a text in a file reaches for: nothing of the machine, no secret, no class, and no table of the hub to write. */
final class ReachRule implements Rule {
    private static final Pattern REACH = Pattern.compile(
            "\\$(?:simple)?\\{\\s*(sysenv|env|sys|bean|type|ref|method|properties|propertiesExist|camelContext|camelId|exchange(?!Property|Id)|function)\\b");
    /** Where an expression begins and ends, and the words that have no place in it; {@code [class]} is a member of a map. */
    private static final Pattern CLASS = Pattern.compile(
            "(?<begin>\\$(?:simple)?\\{)|(?<end>})|\\b(?:getClass|(?<!\\[)class|class(?!])|classLoader)\\b");

    /** Camel would read the file and take what is in it for the expression or the query. */
    private static final Pattern FILE = Pattern.compile("^[\\x00-\\x20]*(?:resource:|(?:file|classpath):\\S)");

    /** Up to the first end, or none: what stands between may be a default, with braces of its own. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?s)\\{\\{(?!feedhub\\.retry-delay(?::\\d+)?}})(.*?)(?:}}|\\z)");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        for (ScalarNode scalar : tree.scalars()) {
            expression(tree, scalar).ifPresent(findings::add);
            resource(tree, scalar).ifPresent(findings::add);
            object(tree, scalar).ifPresent(findings::add);
            PLACEHOLDER
                    .matcher(scalar.getValue())
                    .results()
                    .forEach(secret -> findings.add(tree.finding(
                            scalar,
                            "{{" + secret.group(1) + "}} could be a secret",
                            "write the value, or use a connector that knows it")));
        }
        return findings;
    }

    private static Optional<Finding> expression(FlowTree tree, ScalarNode scalar) {
        String fix = "use the body, headers, variables and properties";
        Matcher reach = REACH.matcher(scalar.getValue());
        if (reach.find()) {
            return Optional.of(tree.finding(scalar, "${" + reach.group(1) + "…} reaches out of the flow", fix));
        }
        return namesClass(scalar.getValue())
                ? Optional.of(tree.finding(scalar, "an expression may not reach for classes", fix))
                : Optional.empty();
    }

    private static boolean namesClass(String text) {
        int depth = 0;
        Matcher next = CLASS.matcher(text);
        while (next.find()) {
            if (next.group("begin") != null) {
                depth++;
            } else if (next.group("end") != null) {
                depth = Math.max(0, depth - 1);
            } else if (depth > 0) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Finding> resource(FlowTree tree, ScalarNode scalar) {
        if (FILE.matcher(scalar.getValue()).find()) {
            return Optional.of(tree.finding(scalar, "a flow reads no files", "write what is in it here"));
        }
        return OwnTables.areWrittenBy(scalar.getValue())
                ? Optional.of(tree.finding(
                        scalar, "a flow does not write the hub's own tables", "use state:, #seen or a connector"))
                : Optional.empty();
    }

    private static Optional<Finding> object(FlowTree tree, ScalarNode scalar) {
        String text = scalar.getValue();
        boolean makesObject = text.contains("#class:") || text.contains("#type:");
        return makesObject
                ? Optional.of(
                        tree.finding(scalar, "a flow makes no objects", "name a bean of beans/, such as \"#seen\""))
                : Optional.empty();
    }
}
