package io.feedhub.flows;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** The difference of two revisions, as {@code diff -u} prints it. */
public final class Diff {
    private static final int CONTEXT = 3;

    private Diff() {}

    /** Empty when the texts are equal. */
    public static String unified(String from, String fromText, String to, String toText) {
        List<String> before = fromText.lines().toList();
        List<String> after = toText.lines().toList();
        return String.join(
                "\n", UnifiedDiffUtils.generateUnifiedDiff(from, to, before, DiffUtils.diff(before, after), CONTEXT));
    }

    /** From one revision to another. */
    public static String between(Revision from, Revision to) {
        return unified(label(from.flow(), from.number()), from.content(), label(to.flow(), to.number()), to.content());
    }

    static String label(String flow, int number) {
        return flow + " " + number;
    }
}
