package io.feedhub.flows.check;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Every endpoint is of a component that flows may use, with the options that Camel's catalogue knows. */
final class EndpointRule implements Rule {
    /** An option of sql: see {@code state.SqlBatches}. */
    private static final String COMMITS = "batchAutoCommitDisabled";

    /** A connector's has no options: one of them would fetch another connector. */
    private static final Pattern CALL = Pattern.compile("kamelet:[\\w./-]+");

    /** Camel would read another character, or a text that no rule has seen. */
    private static final Pattern HIDDEN = Pattern.compile("%\\p{XDigit}{2}|RAW[({]");

    /** None that names a class, a bean, a file or another query. */
    private static final Map<String, Pattern> OPTIONS = Map.of(
            "sql",
            Pattern.compile("query|batch|noop|output(?:Type|Header)|placeholder|separator|alwaysPopulateStatement"
                    + "|parametersCount|fetchSize"),
            "quartz",
            Pattern.compile("groupName|triggerName|cron|trigger\\.timeZone|stateful"),
            "log",
            Pattern.compile("loggerName|level|marker|plain|maxChars|multiline|logMask|skipBodyLineSeparator|style"
                    + "|show\\w+|group\\w+"),
            "direct",
            Pattern.compile("name|block|failIfNoConsumers|synchronous|timeout"));

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
            options(tree, place, scheme, uri, endpoint.parameters().orElse(null), findings);
        }
    }

    private void options(
            FlowTree tree,
            Node place,
            String scheme,
            String uri,
            @Nullable MappingNode parameters,
            List<Finding> findings) {
        Map<String, Node> places = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        try {
            options.putAll(catalog.endpointProperties(uri));
        } catch (URISyntaxException | IllegalArgumentException e) {
            if (uri.contains(":")) {
                findings.add(tree.finding(place, "not an address: " + e.getMessage(), ""));
                return;
            }
        }
        if (parameters != null) {
            for (NodeTuple option : parameters.getValue()) {
                String name = FlowTree.text(option.getKeyNode()).orElse("");
                places.put(name, option.getKeyNode());
                options.put(name, FlowTree.text(option.getValueNode()).orElse(""));
            }
        }
        if (options.containsKey(COMMITS)) {
            findings.add(tree.finding(
                    places.getOrDefault(COMMITS, place), COMMITS + " may commit half a transaction", "leave it out"));
        }
        EndpointValidationResult result = catalog.validateProperties(scheme, options);
        say(tree, place, places, scheme, result, findings);
        Pattern known = OPTIONS.getOrDefault(scheme, Pattern.compile("(?!)"));
        options.keySet().stream()
                .filter(name -> !known.matcher(name).matches() && !name.equals(COMMITS))
                .filter(name -> !each(result.getUnknown()).contains(name))
                .forEach(name -> findings.add(tree.finding(
                        places.getOrDefault(name, place),
                        "the option " + name + " of " + scheme + " is not for flows",
                        "leave it out")));
    }

    private void say(
            FlowTree tree,
            Node place,
            Map<String, Node> places,
            String scheme,
            EndpointValidationResult result,
            List<Finding> findings) {
        each(result.getUnknown())
                .forEach(name -> findings.add(tree.finding(
                        places.getOrDefault(name, place),
                        scheme + " has no option " + name,
                        Vocabulary.instead(name, optionsOf(scheme)))));
        each(result.getRequired())
                .forEach(name -> findings.add(tree.finding(
                        place, scheme + " wants the option " + name, "add " + name + ": to its parameters")));
        Map<String, String> wrong = new LinkedHashMap<>();
        put(wrong, result.getInvalidBoolean(), "true or false");
        put(wrong, result.getInvalidInteger(), "a number");
        put(wrong, result.getInvalidNumber(), "a number");
        put(wrong, result.getInvalidDuration(), "a duration, such as 5s");
        put(wrong, result.getInvalidEnum(), "one of its choices");
        wrong.forEach((name, fix) -> findings.add(
                tree.finding(places.getOrDefault(name, place), name + " cannot have this value", "write " + fix)));
    }

    private Set<String> optionsOf(String scheme) {
        Set<String> names = new TreeSet<>();
        catalog.componentModel(scheme).getEndpointOptions().forEach(option -> names.add(option.getName()));
        return names;
    }

    private static void put(Map<String, String> wrong, @Nullable Map<String, String> names, String fix) {
        if (names != null) {
            names.keySet().forEach(name -> wrong.put(name, fix));
        }
    }

    private static Set<String> each(@Nullable Set<String> names) {
        return names == null ? Set.of() : names;
    }
}
