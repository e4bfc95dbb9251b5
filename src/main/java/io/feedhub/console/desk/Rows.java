package io.feedhub.console.desk;

import io.feedhub.console.rest.Page;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A long list as the desk shows it: the newest rows, and a way to the older ones. */
final class Rows {
    /** How many stand on one page. */
    static final int MOST = 50;

    /** What the rows of the first page are before, as the default of a parameter. */
    static final String FIRST = "" + Long.MAX_VALUE;

    private Rows() {}

    /** What the rows of the next page are before, or null when there is none; of rows that were asked for with {@link #MOST}. */
    static <T> @Nullable String older(List<T> rows, ToLongFunction<T> number) {
        return Page.of(rows, MOST, number).next();
    }
}
