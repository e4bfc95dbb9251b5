package io.feedhub.console.rest;

import org.jspecify.annotations.Nullable;

/** What narrows a list, as an address says it. */
public final class Filter {
    private Filter() {}

    /** The word; null when there is none: {@code ?flow=} is how an address says that nothing was chosen. */
    public static @Nullable String of(@Nullable String word) {
        return word == null || word.isBlank() ? null : word;
    }
}
