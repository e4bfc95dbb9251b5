package io.feedhub.flowtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What could be wrong with a flow in one place: each mistake that somebody could make, wherever it can be made. */
final class Mutants {
    private static final Map<Pattern, String> MISTAKES = Map.ofEntries(
            mistake("channel: (?!ops)[a-z]+", "channel: ops"),
            mistake("channel: ops", "channel: infra"),
            mistake("== (?=\\\\?\"\\w)", "!= "),
            mistake(">= (?=[0-9])", "> "),
            mistake("> 0(?=\")", "> 1"),
            mistake("== 3(?=\")", "== 4"),
            mistake("\\+ 1(?=')", "+ 2"),
            mistake("(?<=title: \"[^\"]{0,80})\\$\\{body\\[[a-z]+]}", "\\${body[nothing]}"),
            mistake("(?<=text: \")\\$\\{body\\[[a-z]+]}(?=\")", "\\${body[nothing]}"),
            mistake("needs: (services|nodes|tasks|agents)", "needs: id"),
            mistake("path: /(\\w+)", "path: /$1s"),
            mistake("exception: \\[java.io.IOException", "exception: [java.lang.ArithmeticException"),
            mistake("tone: bad", "tone: good"),
            mistake("(?<=name: \"state:\\w{1,40}\\.)\\w+", "other"),
            mistake("told_at is null", "told_at is not null"),
            mistake("(?<=status = |->> 'status' = )'online'", "'offline'"),
            mistake("do nothing$", "do update set requested_by = 'somebody'"),
            mistake(" < excluded\\.", " <> excluded."),
            mistake("<> excluded\\.status", "= excluded.status"),
            mistake("a\\.domain < b\\.domain", "a.id < b.id"),
            mistake("order by [a-z]+\\(a\\.at, b\\.at\\) desc", "order by a.at"),
            mistake("seeded_at < updated_at", "seeded_at > updated_at"),
            mistake("epoch = epoch \\+ 1", "epoch = epoch"));
    private static final Pattern KEY = Pattern.compile("^ *simple: \"");

    private Mutants() {}

    private static Map.Entry<Pattern, String> mistake(String right, String wrong) {
        return Map.entry(Pattern.compile(right, Pattern.MULTILINE), wrong);
    }

    /** Every mutant of a flow; each differs from it in one place. */
    static List<Mutant> of(String flow, String text) {
        List<Mutant> mutants = new ArrayList<>(withoutDedupe(flow, text));
        MISTAKES.forEach((right, wrong) -> {
            Matcher matcher = right.matcher(text);
            while (matcher.find()) {
                String replaced = replacement(right, wrong, text, matcher.start());
                String whole = text.substring(0, matcher.start()) + replaced + text.substring(matcher.end());
                mutants.add(new Mutant(flow, matcher.group() + " → " + replaced, whole));
            }
        });
        return mutants;
    }

    /** The replacement where it was found, since what looks around it sees the whole text. */
    private static String replacement(Pattern right, String wrong, String text, int start) {
        Matcher at = right.matcher(text);
        StringBuilder out = new StringBuilder();
        if (at.find(start)) {
            at.appendReplacement(out, wrong);
            return out.substring(at.start());
        }
        throw new IllegalStateException("it was there a moment ago");
    }

    private static List<Mutant> withoutDedupe(String flow, String text) {
        List<Mutant> mutants = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i - 1).strip().equals("- idempotentConsumer:")
                    && KEY.matcher(lines.get(i)).find()) {
                List<String> mutated = new ArrayList<>(lines);
                mutated.set(i, lines.get(i).replaceFirst("\".*\"", "\"\\${exchangeId}\""));
                mutants.add(new Mutant(flow, "dedupe dropped", String.join("\n", mutated) + "\n"));
            }
        }
        return mutants;
    }

    /**
     * A flow that is wrong in one place.
     *
     * @param flow which
     * @param mistake what is wrong with it
     * @param text the whole file
     */
    record Mutant(String flow, String mistake, String text) {}
}
