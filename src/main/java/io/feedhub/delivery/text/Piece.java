package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A block of a text.
 *
 * @param text the whole of it
 * @param apart cuts it into parts that are no longer than a limit, for a block that fits on no page
 */
record Piece(String text, IntFunction<List<String>> apart) {

    /** The same under a heading, which stays with the beginning. */
    Piece under(String heading) {
        return new Piece(heading + text, most -> {
            List<String> parts = new ArrayList<>(apart.apply(most - Pager.length(heading)));
            parts.set(0, heading + parts.get(0));
            return parts;
        });
    }
}
