package io.feedhub.database;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows as the driver sends them: an array for each column is one parameter, however many rows there are. */
public final class Columns {

    private Columns() {}

    /** One value of each row. */
    public static <T, V> V[] column(List<T> rows, Function<T, @Nullable V> value, IntFunction<V[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /** One value of each row as text, for a statement that names the column's type. */
    public static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable Object> value) {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            Object one = value.apply(rows.get(i));
            texts[i] = one == null ? null : one.toString();
        }
        return texts;
    }
}
