package io.feedhub.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedhub.database.Characters;
import io.feedhub.delivery.text.Markdown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Cuts a post to Discord's measure: one embed for each page of its text, each a message of its own, and nothing is lost.
 * All lengths are code points, as Discord counts. Thread-safe.
 */
@Component
final class Embeds {
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
    private static final int TITLE = 256;
    private static final int DESCRIPTION = 4096;
    private static final int FIELDS = 25;
    private static final int FIELD_NAME = 256;
    private static final int FIELD_VALUE = 1024;
    private static final int SHORT_FIELD = 40;

    /** What all fields may take, so that title, text, fields and footer stay below 6000 together. */
    private static final int ALL_FIELDS = 1500;

    /** What the footer takes, which is written when the message is sent. */
    private static final int FOOTER = 140;

    private final ObjectMapper json;

    Embeds(ObjectMapper json) {
        this.json = json;
    }

    /**
     * @param origin who posts, and where
     * @param fold whether the messages may share a Discord message with their neighbours
     * @throws IllegalArgumentException when the post is empty
     */
    List<Outgoing> of(Origin origin, Post post, boolean fold) {
        if (post.isEmpty()) {
            throw new IllegalArgumentException("a message needs a title, a text or fields");
        }
        Map<String, String> fields = new LinkedHashMap<>(post.fields());
        String title = Characters.cut(post.title(), TITLE);
        String text = overflowOf(post.title()) + post.text() + tooMuchOf(fields);
        List<String> pages = text.isBlank() ? List.of("") : Markdown.pages(text, DESCRIPTION);
        List<Outgoing> messages = new ArrayList<>();
        for (int page = 0; page < pages.size(); page++) {
            ObjectNode embed = json.createObjectNode().put("color", Tone.colour(post.tone()));
            if (page == 0) {
                headline(embed, title, post.url());
            }
            if (!pages.get(page).isEmpty()) {
                embed.put("description", pages.get(page));
            }
            if (page == pages.size() - 1) {
                fields.forEach((name, value) -> field(embed, name, value));
            }
            if (pages.size() > 1) {
                embed.putObject("footer").put("text", (page + 1) + " of " + pages.size());
            }
            messages.add(message(origin, embed, fold));
        }
        return messages;
    }

    private static void headline(ObjectNode embed, String title, String url) {
        if (!title.isBlank()) {
            embed.put("title", title);
        }
        if (ADDRESS.matcher(url).matches()) {
            embed.put("url", url);
        }
    }

    private static void field(ObjectNode embed, String name, String value) {
        boolean inline = Characters.count(value) <= SHORT_FIELD && !value.contains("\n");
        embed.withArray("fields")
                .addObject()
                .put("name", name)
                .put("value", value)
                .put("inline", inline);
    }

    private Outgoing message(Origin origin, ObjectNode embed, boolean fold) {
        ObjectNode payload = json.createObjectNode().put("username", "Feed-Hub");
        payload.putArray("embeds").add(embed);
        payload.putObject("allowed_mentions").putArray("parse");
        return new Outgoing(
                origin.by().flow(),
                origin.by().run(),
                origin.by().epoch(),
                origin.channel(),
                payload.toString(),
                fold,
                size(embed) + FOOTER);
    }

    private static int size(ObjectNode embed) {
        int size = Characters.count(embed.path("title").asText())
                + Characters.count(embed.path("description").asText());
        for (var field : embed.path("fields")) {
            size += Characters.count(field.path("name").asText())
                    + Characters.count(field.path("value").asText());
        }
        return size;
    }

    /** What does not fit as a field becomes text, and is taken from the fields. */
    private static String tooMuchOf(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        int[] taken = {0, 0};
        fields.entrySet().removeIf(field -> {
            int size = Characters.count(field.getKey()) + Characters.count(field.getValue());
            boolean fits = taken[0] < FIELDS
                    && taken[1] + size <= ALL_FIELDS
                    && Characters.count(field.getKey()) <= FIELD_NAME
                    && Characters.count(field.getValue()) <= FIELD_VALUE;
            if (fits) {
                taken[0]++;
                taken[1] += size;
            } else {
                text.append("\n\n**").append(field.getKey()).append("**\n").append(field.getValue());
            }
            return !fits;
        });
        return text.toString();
    }

    /** The rest of a headline that is too long opens the text. */
    private static String overflowOf(String title) {
        return Characters.count(title) <= TITLE
                ? ""
                : "…" + title.substring(title.offsetByCodePoints(0, TITLE - 1)) + "\n\n";
    }
}
