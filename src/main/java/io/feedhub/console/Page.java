package io.feedhub.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param next the cursor of the next page, or null on the last
 */
record Page<T>(List<T> items, @Nullable String next) {

    static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }
}
