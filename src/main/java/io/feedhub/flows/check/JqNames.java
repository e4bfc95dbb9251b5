package io.feedhub.flows.check;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;

/**
 * The functions that a jq query calls. Jackson's jq looks for them when it comes to them in a run, so one that is misspelt fails then,
 * or never.
 */
final class JqNames {
    private static final Pattern TOKEN = Pattern.compile(
            "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|(?<name>[A-Za-z_]\\w*)(?<key>\\s*:)?|[.$@]\\w+|[(){}\\[\\],]|\\S");

    private static final Pattern DEFINITION = Pattern.compile("\\bdef\\s+(\\w+)\\s*(?:\\(([^)]*)\\))?");

    private static final Set<String> WORDS = Set.of(
            "def if then elif else end as reduce foreach and or try catch label import include break true false null __loc__"
                    .split(" "));

    /** Camel's own, and the hub's. */
    private static final Set<String> HERE =
            Set.of("header", "property", "exchangeProperty", "constant", "variable", "body", "var", "env");

    private static final Set<String> KNOWN = known();

    private JqNames() {}

    private static Set<String> known() {
        Set<String> names = new TreeSet<>(HERE);
        BuiltinFunctionLoader.getInstance()
                .listFunctions(Versions.JQ_1_7, Scope.newEmptyScope())
                .keySet()
                .forEach(function -> names.add(function.split("/", 2)[0]));
        return names;
    }

    /** The first function that is nowhere; what to write instead is {@link #instead}. */
    static Optional<String> unknown(String query) {
        String code = JqCode.of(query);
        Set<String> own = own(code);
        Deque<String> open = new ArrayDeque<>();
        String before = "";
        Matcher token = TOKEN.matcher(code);
        while (token.find()) {
            String name = token.group("name");
            if (name != null && !isKey(open, before, token) && !isKnown(name, own)) {
                return Optional.of(name);
            }
            follow(open, token.group());
            before = token.group();
        }
        return Optional.empty();
    }

    /** There are too many to list; and what is no function may have been meant as a text. */
    static String instead(String name) {
        String nearest = Vocabulary.instead(name, KNOWN);
        return nearest.startsWith("write one of") ? "a text stands in quotes" : nearest + " A text stands in quotes";
    }

    private static boolean isKnown(String name, Set<String> own) {
        return WORDS.contains(name) || KNOWN.contains(name) || own.contains(name);
    }

    /** In an object a name is a key where it begins a member. */
    private static boolean isKey(Deque<String> open, String before, Matcher token) {
        boolean begins = before.equals("{") || before.equals(",");
        return "{".equals(open.peek()) && (begins || token.group("key") != null);
    }

    private static void follow(Deque<String> open, String token) {
        if ("([{".contains(token)) {
            open.push(token);
        } else if (")]}".contains(token)) {
            open.poll();
        }
    }

    /** What the query itself defines, parameters included. */
    private static Set<String> own(String query) {
        Set<String> own = new HashSet<>();
        Matcher definition = DEFINITION.matcher(query);
        while (definition.find()) {
            own.add(definition.group(1));
            if (definition.group(2) != null) {
                own.addAll(Arrays.asList(definition.group(2).strip().split("\\s*;\\s*")));
            }
        }
        return own;
    }
}
