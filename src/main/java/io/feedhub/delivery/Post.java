package io.feedhub.delivery;

import io.feedhub.database.Storable;
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
        title = Storable.text(title);
        text = Storable.text(text);
        url = Storable.text(url);
        Map<String, String> facts = new LinkedHashMap<>();
        fields.forEach((name, fact) -> facts.put(Storable.text(name), Storable.text(fact)));
        fields = facts;
    }

    static Post of(String title, String text, String tone) {
        return new Post(title, text, "", tone, Map.of());
    }

    boolean isEmpty() {
        return title.isBlank() && text.isBlank() && fields.isEmpty();
    }
}
