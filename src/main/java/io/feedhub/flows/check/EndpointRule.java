package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.snakeyaml.engine.v2.nodes.Node;

/** Every endpoint is of a component that flows may use, with the options that Camel's catalogue knows. */
final class EndpointRule implements Rule {
    /** A connector's has no options: one of them would fetch another connector. */
    private static final Pattern CALL = Pattern.compile("kamelet:[\\w./-]+");

    /** Camel would read another character, or a text that no rule has seen. */
    private static final Pattern HIDDEN = Pattern.compile("%\\p{XDigit}{2}|RAW[({]");

    private final DefaultCamelCatalog catalog = new DefaultCamelCatalog(true);
    private final Vocabulary words;

    EndpointRule(Vocabulary words) {
        this.words = words;
    }

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        tree.endpoints().forEach(endpoint -> check(tree, endpoint, findings));
        return findings;
    }

    private void check(FlowTree tree, Endpoint endpoint, List<Finding> findings) {
        Node place = endpoint.uri();
        String scheme = endpoint.scheme();
        String uri = endpoint.address();
        endpoint.parameters().ifPresent(parameters -> ParameterText.check(tree, scheme, parameters, findings));
        if (!words.schemes().contains(scheme)) {
            findings.add(
                    tree.finding(place, "unknown component " + scheme, Vocabulary.instead(scheme, words.schemes())));
        } else if (HIDDEN.matcher(uri).find()
                || (scheme.equals("kamelet") && !CALL.matcher(uri).matches())) {
            findings.add(tree.finding(
                    place,
                    "an address has letters, digits and . / - _ only",
                    "write options, and a query, under parameters:"));
        } else if (!scheme.equals("kamelet")) {
            new EndpointOptions(catalog, tree, endpoint, findings).check();
        }
    }
}
