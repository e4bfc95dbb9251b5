package io.feedhub.flowtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is not as a test says: lines with - for what is missing, + for what should not be there, = for what fits. */
final class Difference {
    private static final int LONGEST = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Difference() {}

    /** Compares one value. */
    static List<String> ofValue(String what, @Nullable Object expected, @Nullable Object actual) {
        return Fit.fits(expected, actual)
                ? List.of()
                : List.of(what, "  - " + shown(expected), "  + " + shown(narrowed(expected, actual)));
    }

    /** Compares lists whose order counts, and shows only what the test is about. */
    static List<String> inOrder(String what, List<?> expected, List<?> actual) {
        return inOrder(what, expected, actual, example(expected));
    }

    /** The same, and shows the whole of what should not be there. */
    static List<String> ofWhole(String what, List<?> expected, List<?> actual) {
        return inOrder(what, expected, actual, null);
    }

    private static List<String> inOrder(String what, List<?> expected, List<?> actual, @Nullable Object example) {
        List<String> lines = new ArrayList<>(List.of(what));
        int e = 0;
        int a = 0;
        while (e < expected.size() || a < actual.size()) {
            if (e < expected.size() && a < actual.size() && Fit.fits(expected.get(e), actual.get(a))) {
                lines.add("  = " + shown(expected.get(e++)));
                a++;
            } else if (e < expected.size() && noneFits(expected.get(e), actual.subList(a, actual.size()))) {
                lines.add("  - " + shown(expected.get(e++)));
            } else {
                lines.add("  + " + shown(narrowed(example, actual.get(a++))));
            }
        }
        return same(lines) ? List.of() : lines;
    }

    /** Compares lists whose order does not count. */
    static List<String> inAnyOrder(String what, List<?> expected, List<?> actual) {
        List<String> lines = new ArrayList<>(List.of(what));
        List<Object> left = new ArrayList<>(actual);
        for (Object row : expected) {
            boolean found = left.stream()
                    .filter(other -> Fit.fits(row, other))
                    .findFirst()
                    .map(left::remove)
                    .orElse(false);
            lines.add((found ? "  = " : "  - ") + shown(row));
        }
        left.forEach(row -> lines.add("  + " + shown(narrowed(example(expected), row))));
        return same(lines) ? List.of() : lines;
    }

    private static boolean same(List<String> lines) {
        return lines.stream().skip(1).allMatch(line -> line.startsWith("  = "));
    }

    private static boolean noneFits(@Nullable Object expected, List<?> actual) {
        return actual.stream().noneMatch(other -> Fit.fits(expected, other));
    }

    private static @Nullable Object example(List<?> expected) {
        return expected.isEmpty() ? null : expected.get(0);
    }

    /** Only the members that the test is about. */
    private static @Nullable Object narrowed(@Nullable Object expected, @Nullable Object actual) {
        if (!(expected instanceof Map<?, ?> members) || !(actual instanceof Map<?, ?> map)) {
            return actual;
        }
        Map<Object, @Nullable Object> narrow = new LinkedHashMap<>();
        members.keySet().forEach(name -> narrow.put(name, map.get(name)));
        return narrow;
    }

    private static String shown(@Nullable Object value) {
        try {
            String text = value instanceof String plain ? plain : JSON.writeValueAsString(value);
            return text.length() <= LONGEST
                    ? text
                    : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts are JSON", e);
        }
    }
}
