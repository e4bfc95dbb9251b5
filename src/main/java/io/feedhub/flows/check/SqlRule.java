package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A query says what it seems to say. Camel turns each placeholder sign of a query into {@code ?}, inside texts and operators
 * too, and says nothing.
 */
final class SqlRule implements Rule {
    private static final String USUAL = "#";
    private static final String OTHER = "§";
    /** Camel takes it for a regular expression, so not just any sign. */
    private static final Set<String> SIGNS = Set.of(USUAL, OTHER);

    /** Camel would read the file, or ask the bean or the address, and take what is there for the query. */
    private static final Pattern SCHEME = Pattern.compile("^[\\x00-\\x20]*[\\w.+-]+:");

    private static final Pattern USUAL_PARAMETER = Pattern.compile(":" + USUAL + "(?=\\w|\\$)");
    private static final Pattern OTHER_PARAMETER = Pattern.compile(":" + OTHER + "(?=\\w|\\$)");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        tree.endpoints().stream()
                .filter(endpoint -> endpoint.scheme().equals("sql"))
                .forEach(endpoint -> check(tree, endpoint, findings));
        return findings;
    }

    private static void check(FlowTree tree, Endpoint endpoint, List<Finding> findings) {
        Optional<MappingNode> parameters = endpoint.parameters();
        Optional<ScalarNode> placeholder = parameters.flatMap(options -> FlowTree.scalar(options, "placeholder"));
        String sign = placeholder.map(ScalarNode::getValue).orElse(USUAL);
        if (!SIGNS.contains(sign)) {
            placeholder.ifPresent(place -> findings.add(
                    tree.finding(place, "placeholder cannot be " + sign, "write placeholder: \"" + OTHER + "\"")));
            return;
        }
        parameters
                .flatMap(options -> FlowTree.scalar(options, "query"))
                .ifPresent(query -> query(tree, query, query.getValue(), sign, findings));
        String inAddress = endpoint.address().replaceFirst("^sql:?/*", "").split("\\?\\w+=", 2)[0];
        if (!inAddress.isEmpty()) {
            query(tree, endpoint.uri(), inAddress, sign, findings);
        }
    }

    private static void query(FlowTree tree, ScalarNode place, String text, String sign, List<Finding> findings) {
        if (SCHEME.matcher(text).find()) {
            findings.add(tree.finding(place, "this is the place of a query, and not a query", "write the query here"));
        }
        Statements.beyondRows(text)
                .ifPresent(word -> findings.add(tree.finding(
                        place,
                        word + " is not for the queries of flows",
                        "begin each statement with select, insert, update, delete, merge or with")));
        Pattern bare = bare(sign);
        if (bare.matcher(text).find()) {
            findings.add(tree.finding(place, bare, sign + " becomes ? in a query", instead(sign)));
        }
        Pattern foreign = sign.equals(OTHER) ? USUAL_PARAMETER : OTHER_PARAMETER;
        if (foreign.matcher(text).find()) {
            String reason = foreign.pattern().substring(0, 2) + " is no parameter beside this placeholder";
            findings.add(tree.finding(place, foreign, reason, instead(sign)));
        }
    }

    private static String instead(String sign) {
        String parameter = "write :" + sign + "name for a parameter";
        return sign.equals(USUAL)
                ? parameter + "; for the sign itself add placeholder: \"" + OTHER + "\", and write :" + OTHER + "name"
                : parameter;
    }

    /**
     * The sign where it begins no name: {@code :#name}, {@code :#in:name} or {@code :#${…}}. Behind two colons Camel takes
     * what follows for a parameter too.
     */
    private static Pattern bare(String sign) {
        return Pattern.compile("(?<!:)" + sign + "|::" + sign + "|:" + sign + "(?!\\w|\\$\\{|\\$simple\\{)");
    }
}
