package io.feedhub.console.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a message says, as its page shows it.
 *
 * @param title empty for a further page of a long text
 * @param text Markdown
 * @param footer which page of how many, or empty
 */
record Said(String title, String url, String text, List<Field> fields, String footer) {

    static List<Said> in(JsonNode content) {
        return list(content.path("embeds")).map(Said::of).toList();
    }

    private static Said of(JsonNode embed) {
        return new Said(
                embed.path("title").asText(),
                embed.path("url").asText(),
                embed.path("description").asText(),
                list(embed.path("fields"))
                        .map(field -> new Field(
                                field.path("name").asText(), field.path("value").asText()))
                        .toList(),
                embed.at("/footer/text").asText());
    }

    private static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A name and what it has. */
    record Field(String name, String value) {}
}
