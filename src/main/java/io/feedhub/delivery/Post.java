package io.feedhub.delivery;

import java.util.Map;

/**
 * What somebody wants to say in a channel, before it is cut to Discord's measure.
 *
 * @param title the headline, or an empty text
 * @param text Markdown, or an empty text
 * @param url where the headline leads, or an empty text
 * @param tone a severity or a colour, see {@link Tone}
 * @param fields short facts below the text, by name, in order
 */
record Post(String title, String text, String url, String tone, Map<String, String> fields) {

    static Post of(String title, String text, String tone) {
        return new Post(title, text, "", tone, Map.of());
    }

    boolean isEmpty() {
        return title.isBlank() && text.isBlank() && fields.isEmpty();
    }
}
