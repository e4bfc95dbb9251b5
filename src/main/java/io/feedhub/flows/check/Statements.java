package io.feedhub.flows.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the statements of a query do, whatever stands in their texts and comments: they read and write rows. Others change the
 * session, which the next flow gets, or make statements of texts, which no rule reads.
 */
final class Statements {
    private static final Set<String> VERBS =
            Set.of("select", "insert", "update", "delete", "merge", "truncate", "with", "values", "table");
    private static final Pattern FIRST = Pattern.compile("(?i)(?:create|drop|alter)\\s+table\\b|\\w+");

    /** Not at the end of a name, which has letters of all alphabets and dollars. */
    private static final String BEGIN = "(?<![\\w$\\x{80}-\\x{10FFFF}])";

    /**
     * Comments, texts and names in quotes, each as PostgreSQL ends it; of a comment that nests the begin. A text with
     * escapes goes on in the next line.
     */
    private static final Pattern QUOTED = Pattern.compile("(?s)/\\*|--[^\\n\\r]*+|" + BEGIN
            + "[eE]'(?:[^'\\\\]++|\\\\.|'(?:\\s|--[^\\n\\r]*+)*+')*+'?|'[^']*+'?|(?<name>\"[^\"]*+\"?)|" + BEGIN
            + "\\$(?<tag>(?:[A-Za-z_\\x{80}-\\x{10FFFF}][\\w\\x{80}-\\x{10FFFF}]*)?)\\$.*?(?:\\$\\k<tag>\\$|\\z)");

    /** Of a query, by either sign; of one that may nest the begin. */
    private static final Pattern PARAMETER =
            Pattern.compile(":[#§](?:in:\\$(?:simple)?\\{[^}]+}|in:\\w+|\\$simple\\{[^}]+}|(?<nesting>\\$\\{)|\\w+)");

    /**
     * Functions that run a text, change the session or end another one, functions of the hub, and names written in another
     * alphabet.
     */
    private static final Pattern CALLS = Pattern.compile("(?i)\\b(?:set_config|query_to_xml\\w*|dblink\\w*|search_path"
            + "|ts_stat|ts_rewrite|pg_(?:terminate|cancel)_backend|pg_(?:try_)?advisory_(?:un)?lock\\w*)\\b"
            + "|\\bfeedhub\"?\\s*\\.\\s*\"?\\w+\"?\\s*\\(|\\bu&\"");

    private Statements() {}

    /** The word that does more; empty when none does. */
    static Optional<String> beyondRows(String sql) {
        String code = code(sql);
        Matcher call = CALLS.matcher(code);
        if (call.find()) {
            return Optional.of(call.group());
        }
        return Arrays.stream(code.split(";"))
                .map(FIRST::matcher)
                .filter(Matcher::find)
                .map(first -> first.group().toLowerCase(Locale.ROOT))
                .filter(word -> !VERBS.contains(word) && !word.endsWith("table"))
                .findFirst();
    }

    /** Without comments and texts; a name stays, but for what would end a statement. */
    static String code(String query) {
        String sql = withoutParameters(query);
        StringBuilder code = new StringBuilder();
        Matcher quoted = QUOTED.matcher(sql);
        int from = 0;
        while (quoted.find(from)) {
            String name = quoted.group("name");
            code.append(sql, from, quoted.start()).append(name == null ? " " : name.replace(';', ' '));
            from = quoted.group().equals("/*") ? endOfComment(sql, quoted.end()) : quoted.end();
        }
        return code.append(sql, from, sql.length()).toString();
    }

    /** Camel makes a ? of each, whatever is in it, before PostgreSQL reads the query. */
    private static String withoutParameters(String query) {
        StringBuilder sql = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(query);
        int from = 0;
        while (parameter.find(from)) {
            sql.append(query, from, parameter.start()).append('?');
            from = parameter.group("nesting") == null ? parameter.end() : endOfBraces(query, parameter.end());
        }
        return sql.append(query, from, query.length()).toString();
    }

    private static int endOfBraces(String query, int begin) {
        int depth = 1;
        int at = begin;
        while (depth > 0 && at < query.length()) {
            char sign = query.charAt(at);
            depth += sign == '{' ? 1 : sign == '}' ? -1 : 0;
            at++;
        }
        return at;
    }

    private static int endOfComment(String sql, int begin) {
        int depth = 1;
        int at = begin;
        while (depth > 0 && at < sql.length()) {
            boolean isBegin = sql.startsWith("/*", at);
            boolean isEnd = sql.startsWith("*/", at);
            depth += isBegin ? 1 : isEnd ? -1 : 0;
            at += isBegin || isEnd ? 2 : 1;
        }
        return Math.min(at, sql.length());
    }
}
