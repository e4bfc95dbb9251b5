package io.feedhub.flows.check;

import java.net.URISyntaxException;
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

/** The options of one endpoint, in its address and under its parameters. */
final class EndpointOptions {
    /** An option of sql: see {@code state.SqlBatches}. */
    private static final String COMMITS = "batchAutoCommitDisabled";

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

    private static final Pattern NONE = Pattern.compile("(?!)");

    private final DefaultCamelCatalog catalog;
    private final FlowTree tree;
    private final Endpoint endpoint;
    private final List<Finding> findings;
    private final Map<String, Node> places = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param findings gets what is wrong */
    EndpointOptions(DefaultCamelCatalog catalog, FlowTree tree, Endpoint endpoint, List<Finding> findings) {
        this.catalog = catalog;
        this.tree = tree;
        this.endpoint = endpoint;
        this.findings = findings;
    }

    void check() {
        try {
            values.putAll(catalog.endpointProperties(endpoint.address()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            if (endpoint.address().contains(":")) {
                findings.add(tree.finding(endpoint.uri(), "not an address: " + e.getMessage(), ""));
                return;
            }
        }
        endpoint.parameters().ifPresent(this::read);
        if (values.containsKey(COMMITS)) {
            say(COMMITS, COMMITS + " may commit half a transaction", "leave it out");
        }
        EndpointValidationResult result = catalog.validateProperties(endpoint.scheme(), values);
        sayUnknownAndMissing(result);
        sayWrong(result);
        sayNotForFlows(each(result.getUnknown()));
    }

    private void read(MappingNode parameters) {
        for (NodeTuple option : parameters.getValue()) {
            String name = FlowTree.text(option.getKeyNode()).orElse("");
            places.put(name, option.getKeyNode());
            values.put(name, FlowTree.text(option.getValueNode()).orElse(""));
        }
    }

    private void sayUnknownAndMissing(EndpointValidationResult result) {
        String scheme = endpoint.scheme();
        each(result.getUnknown()).forEach(name -> say(name, scheme + " has no option " + name, instead(scheme, name)));
        each(result.getRequired())
                .forEach(name -> findings.add(tree.finding(
                        endpoint.uri(), scheme + " wants the option " + name, "add " + name + ": to its parameters")));
    }

    private void sayWrong(EndpointValidationResult result) {
        Map<String, String> wrong = new LinkedHashMap<>();
        put(wrong, result.getInvalidBoolean(), "true or false");
        put(wrong, result.getInvalidInteger(), "a number");
        put(wrong, result.getInvalidNumber(), "a number");
        put(wrong, result.getInvalidDuration(), "a duration, such as 5s");
        put(wrong, result.getInvalidEnum(), "one of its choices");
        wrong.forEach((name, fix) -> say(name, name + " cannot have this value", "write " + fix));
    }

    private void sayNotForFlows(Set<String> unknown) {
        String scheme = endpoint.scheme();
        values.keySet().stream()
                .filter(name -> !isForFlows(name) && !name.equals(COMMITS))
                .filter(name -> !unknown.contains(name))
                .forEach(name ->
                        say(name, "the option " + name + " of " + scheme + " is not for flows", "leave it out"));
    }

    private void say(String option, String reason, String fix) {
        findings.add(tree.finding(places.getOrDefault(option, endpoint.uri()), reason, fix));
    }

    private String instead(String scheme, String name) {
        if (scheme.equals("quartz") && name.equalsIgnoreCase("timeZone")) {
            return "write trigger.timeZone";
        }
        Set<String> names = new TreeSet<>();
        catalog.componentModel(scheme).getEndpointOptions().forEach(option -> names.add(option.getName()));
        names.removeIf(option -> !isForFlows(option));
        return Vocabulary.instead(name, names);
    }

    private boolean isForFlows(String option) {
        return OPTIONS.getOrDefault(endpoint.scheme(), NONE).matcher(option).matches();
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
