package io.feedhub.flows;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.FlowFile;
import java.util.List;

/** The difference of two revisions, as {@code diff -u} prints it. Comparing costs the square of what differs. */
public final class Diff {
    private static final int CONTEXT = 3;
    private static final int MOST_LINES = 2_000;

    private Diff() {}

    /** Empty when the texts are equal; the names and one line when there is a text that is not even to be compared. */
    public static String unified(String from, String fromText, String to, String toText) {
        if (!fromText.equals(toText) && (isTooLarge(fromText) || isTooLarge(toText))) {
            return String.join("\n", "--- " + from, "+++ " + to, "@@ too large to compare @@");
        }
        List<String> before = fromText.lines().toList();
        List<String> after = toText.lines().toList();
        return String.join(
                "\n", UnifiedDiffUtils.generateUnifiedDiff(from, to, before, DiffUtils.diff(before, after), CONTEXT));
    }

    private static boolean isTooLarge(String text) {
        return Checker.tooLarge(new FlowFile("", text)).isPresent()
                || text.lines().count() > MOST_LINES;
    }

    /** From one revision to another. */
    public static String between(Revision from, Revision to) {
        return unified(label(from.flow(), from.number()), from.content(), label(to.flow(), to.number()), to.content());
    }

    static String label(String flow, int number) {
        return flow + " " + number;
    }
}
