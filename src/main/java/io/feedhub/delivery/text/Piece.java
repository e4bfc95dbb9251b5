package io.feedhub.delivery.text;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A block of a text.
 *
 * @param text the whole of it
 * @param apart cuts it into parts that are no longer than a limit, for a block that fits on no page
 */
record Piece(String text, IntFunction<List<String>> apart) {}
