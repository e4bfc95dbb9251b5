package io.feedhub.flows.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * What an expression may ask of the values that it finds. Camel calls any method by its name, with or without brackets, and so
 * leads from an exception or a batched item to the hub itself.
 */
final class PathRule implements Rule {
    private static final Set<String> KEYED = Set.of("header", "headers", "variable", "variables", "exchangeProperty");
    private static final Set<String> CONVERTED = Set.of("bodyAs", "mandatoryBodyAs", "headerAs", "variableAs");
    private static final Set<String> OTHERS = Set.of(
            "body",
            "bodyOneLine",
            "prettyBody",
            "id",
            "messageTimestamp",
            "exchangeId",
            "exception",
            "routeId",
            "fromRouteId",
            "routeGroup",
            "stepId",
            "null",
            "pretty",
            "date",
            "date-with-timezone",
            "replace",
            "substring",
            "random",
            "skip",
            "collate",
            "join",
            "uuid",
            "hash",
            "empty",
            "iif",
            "list",
            "map");
    private static final Set<String> METHODS = Set.of(
            "size",
            "length",
            "isEmpty",
            "trim",
            "strip",
            "toString",
            "toUpperCase",
            "toLowerCase",
            "substring",
            "replace",
            "split",
            "concat",
            "startsWith",
            "endsWith",
            "contains",
            "containsKey",
            "equals",
            "equalsIgnoreCase",
            "indexOf",
            "get",
            "keySet",
            "values",
            "intValue",
            "longValue",
            "doubleValue",
            "message");

    private static final String CLEARER = "set a variable in a step before";

    private static final Pattern BOUND = Pattern.compile("(?<begin>\\$(?:simple)?\\{)|(?<end>})");
    private static final Pattern FUNCTION = Pattern.compile("(?:in\\.)?([A-Za-z][\\w-]*)(.*)", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]()]*]|\\([^\\[\\]()]*\\)");
    private static final int DEEPEST = 10;

    /** A header's, a variable's or a property's own name, the hub's with a dot in it. */
    private static final Pattern NAME = Pattern.compile(
            "[.:?]*(?:feedhub\\.(?:run|epoch|flow|scheduledAt)(?!\\w)|state:\\w+\\.\\w+|[^.\\[\\]()?]*)");

    private static final Pattern STEP = Pattern.compile("\\??\\.\\s*(\\w+)");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        for (ScalarNode scalar : tree.scalars()) {
            Set<String> unclear = new TreeSet<>();
            for (String expression : expressions(scalar.getValue(), unclear)) {
                judge(tree, scalar, expression).ifPresent(findings::add);
            }
            unclear.forEach(part -> findings.add(tree.finding(scalar, part + " is not clear", CLEARER)));
        }
        return findings;
    }

    /**
     * What stands between the braces of each, without those within it. Camel puts the value of one in quotes into the text
     * of the outer one, and goes on behind a brace with a backslash.
     */
    private static List<String> expressions(String text, Set<String> unclear) {
        List<String> found = new ArrayList<>();
        Deque<StringBuilder> open = new ArrayDeque<>();
        Matcher bound = BOUND.matcher(text);
        int from = 0;
        while (bound.find()) {
            String between = text.substring(from, bound.start());
            append(open, between);
            from = bound.end();
            if (bound.group("begin") != null) {
                if (!open.isEmpty() && isQuoting(between)) {
                    unclear.add("${…} in quotes within ${…}");
                }
                open.push(new StringBuilder());
            } else if (!open.isEmpty()) {
                if (between.endsWith("\\")) {
                    unclear.add("\\} within ${…}");
                }
                found.add(open.pop().toString());
            }
        }
        append(open, text.substring(from));
        open.forEach(unended -> found.add(unended.toString()));
        return found;
    }

    private static void append(Deque<StringBuilder> open, String text) {
        if (!open.isEmpty()) {
            open.element().append(text);
        }
    }

    /** Camel counts the quotes of each kind by themselves. */
    private static boolean isQuoting(String text) {
        return isOdd(text)
                || text.chars().filter(sign -> sign == '\'').count() % 2 != 0
                || text.chars().filter(sign -> sign == '"').count() % 2 != 0;
    }

    private static boolean isOdd(String text) {
        String rest = QUOTED.matcher(text).replaceAll("");
        return rest.contains("'") || rest.contains("\"");
    }

    private static Optional<Finding> judge(FlowTree tree, ScalarNode place, String expression) {
        Matcher function = FUNCTION.matcher(expression.strip());
        String name = function.matches() ? function.group(1) : "";
        String rest = function.matches() ? function.group(2) : "";
        if (!KEYED.contains(name) && !CONVERTED.contains(name) && !OTHERS.contains(name)) {
            Set<String> names = new TreeSet<>(OTHERS);
            names.addAll(KEYED);
            names.addAll(CONVERTED);
            return Optional.of(
                    tree.finding(place, "${" + name + "…} is not for flows", Vocabulary.instead(name, names)));
        }
        if (rest.contains("resource:")) {
            return Optional.of(tree.finding(place, "a flow reads no files", "write what is in it here"));
        }
        String path = name.startsWith("date") ? "" : KEYED.contains(name) ? behindName(rest) : rest;
        boolean isOdd = isOdd(rest) || isOdd(path);
        path = withoutBrackets(QUOTED.matcher(path).replaceAll("\""));
        if (isOdd || rest.matches("(?s)[^.:?\\[(].*") || path.matches("(?s).*[\\[\\]()\"].*")) {
            return Optional.of(tree.finding(place, "what follows in ${" + name + "…} is not clear", CLEARER));
        }
        return forbiddenStep(tree, place, name, path);
    }

    private static Optional<Finding> forbiddenStep(FlowTree tree, ScalarNode place, String name, String path) {
        return STEP.matcher(path)
                .results()
                .map(step -> step.group(1))
                .filter(step -> !METHODS.contains(step) || (name.equals("exception") && !step.equals("message")))
                .findFirst()
                .map(step -> tree.finding(
                        place,
                        "." + step + " in ${" + name + "…} is not for flows",
                        name.equals("exception")
                                ? "write ${exception.message}"
                                : "write [" + step + "] for a member of a map, or shape the value with jq"));
    }

    private static String withoutBrackets(String path) {
        String rest = path;
        Matcher innermost = BRACKETS.matcher(rest);
        for (int depth = 0; depth < DEEPEST && innermost.find(); depth++) {
            rest = innermost.replaceAll(".");
            innermost = BRACKETS.matcher(rest);
        }
        return rest;
    }

    /** In brackets the name may be one whole path. */
    private static String behindName(String rest) {
        String inside = rest.matches("(?s)\\[.*]") ? rest.substring(1, rest.length() - 1) : rest;
        return NAME.matcher(inside).replaceFirst("");
    }
}
