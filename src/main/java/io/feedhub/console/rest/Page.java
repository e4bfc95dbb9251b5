package io.feedhub.console.rest;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param next the cursor of the next page, or null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** How many items a page has at most. */
    static final int SIZE = 100;

    static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }

    /** A page of a list that is sorted by falling, or by rising, numbers, asked for with {@link #SIZE} as its limit. */
    static <T> Page<T> of(List<T> items, ToLongFunction<T> number) {
        return of(items, SIZE, number);
    }

    /** The same of a list that was asked for with another limit. */
    public static <T> Page<T> of(List<T> items, int size, ToLongFunction<T> number) {
        return new Page<>(
                items, items.size() < size ? null : Long.toString(number.applyAsLong(items.get(items.size() - 1))));
    }

    /** The number that a page's items are below: the cursor, or none on the first page. */
    static long before(@Nullable Long next) {
        return next == null ? Long.MAX_VALUE : next;
    }
}
