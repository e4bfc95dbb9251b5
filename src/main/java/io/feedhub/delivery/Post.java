package io.feedhub.delivery;

import java.util.LinkedHashMap;
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

    Post {
        title = storable(title);
        text = storable(text);
        url = storable(url);
        Map<String, String> facts = new LinkedHashMap<>();
        fields.forEach((name, fact) -> facts.put(storable(name), storable(fact)));
        fields = facts;
    }

    /** Without NUL, which PostgreSQL takes in no text. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static Post of(String title, String text, String tone) {
        return new Post(title, text, "", tone, Map.of());
    }

    boolean isEmpty() {
        return title.isBlank() && text.isBlank() && fields.isEmpty();
    }
}
