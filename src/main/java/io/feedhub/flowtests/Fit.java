package io.feedhub.flowtests;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is as a test says. Of a map only the named members count; a list must fit in order; a text between
 * slashes is a regular expression that must be found; numbers and instants are compared as such.
 */
final class Fit {
    private static final Pattern EXPRESSION = Pattern.compile("/(.*)/", Pattern.DOTALL);

    private Fit() {}

    /** Whether a text is a regular expression. */
    static boolean isExpression(String text) {
        return EXPRESSION.matcher(text).matches();
    }

    static boolean fits(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> members) {
            return actual instanceof Map<?, ?> map
                    && members.entrySet().stream()
                            .allMatch(member -> fits(member.getValue(), map.get(member.getKey())));
        }
        if (expected instanceof List<?> list) {
            return actual instanceof List<?> other && list.size() == other.size() && inOrder(list, other);
        }
        if (expected instanceof Number && actual instanceof Number) {
            return new BigDecimal(expected.toString()).compareTo(new BigDecimal(actual.toString())) == 0;
        }
        if (expected instanceof String text && actual != null) {
            return textFits(text, actual.toString());
        }
        return Objects.equals(expected, actual);
    }

    private static boolean inOrder(List<?> expected, List<?> actual) {
        for (int i = 0; i < expected.size(); i++) {
            if (!fits(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean textFits(String expected, String actual) {
        var expression = EXPRESSION.matcher(expected);
        return expected.equals(actual)
                || (expression.matches()
                        && Pattern.compile(expression.group(1), Pattern.DOTALL)
                                .matcher(actual)
                                .find())
                || sameInstant(expected, actual);
    }

    private static boolean sameInstant(String expected, String actual) {
        try {
            return OffsetDateTime.parse(expected)
                    .toInstant()
                    .equals(OffsetDateTime.parse(actual).toInstant());
        } catch (DateTimeException e) {
            return false;
        }
    }
}
