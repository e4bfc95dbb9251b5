package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the body of a webhook call as Discord does: every field within its limit, counted in code points. */
final class DiscordForm {
    private static final int ALL_EMBEDS = 6000;
    private static final int COLOURS = 0xFFFFFF;

    private final ObjectNode errors = JsonNodeFactory.instance.objectNode();
    private int sum;

    private DiscordForm() {}

    /** The vendor's 400, or empty when the body is good. */
    static Optional<Reply> errors(JsonNode body) {
        if (body.path("content").asText().isEmpty() && body.path("embeds").isEmpty()) {
            return Optional.of(Reply.of(400, Map.of("message", "Cannot send an empty message", "code", 50006)));
        }
        DiscordForm form = new DiscordForm();
        form.check(body);
        return form.errors.isEmpty() ? Optional.empty() : Optional.of(invalid(form.errors));
    }

    static Reply invalid(ObjectNode errors) {
        return Reply.of(400, Map.of("message", "Invalid Form Body", "code", 50035, "errors", errors));
    }

    private void check(JsonNode body) {
        length(body.path("content"), 0, 2000, "content");
        length(body.path("username"), 1, 80, "username");
        JsonNode embeds = body.path("embeds");
        if (embeds.size() > 10) {
            error("BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.", "embeds");
        }
        for (int i = 0; i < embeds.size(); i++) {
            embed(embeds.get(i), "embeds", String.valueOf(i));
        }
        if (sum > ALL_EMBEDS && errors.isEmpty()) {
            error("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000", "embeds");
        }
    }

    private void embed(JsonNode embed, String... at) {
        counted(embed.path("title"), 256, at, "title");
        counted(embed.path("description"), 4096, at, "description");
        counted(embed.at("/footer/text"), 2048, at, "footer", "text");
        counted(embed.at("/author/name"), 256, at, "author", "name");
        JsonNode fields = embed.path("fields");
        if (fields.size() > 25) {
            error("BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.", join(at, "fields"));
        }
        for (int i = 0; i < fields.size(); i++) {
            required(fields.get(i).path("name"), 256, at, "fields", String.valueOf(i), "name");
            required(fields.get(i).path("value"), 1024, at, "fields", String.valueOf(i), "value");
        }
        if (embed.has("url") && !embed.path("url").asText().matches("https?://\\S+")) {
            error("URL_TYPE_INVALID_URL", "Not a well formed URL.", join(at, "url"));
        }
        if (embed.path("color").asInt() > COLOURS) {
            error("NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.", join(at, "color"));
        }
    }

    private void required(JsonNode text, int most, String[] at, String... field) {
        if (text.asText().isBlank()) {
            error("BASE_TYPE_REQUIRED", "This field is required", join(at, field));
        }
        counted(text, most, at, field);
    }

    private void counted(JsonNode text, int most, String[] at, String... field) {
        sum += count(text);
        length(text, 0, most, join(at, field));
    }

    private void length(JsonNode text, int least, int most, String... path) {
        int count = count(text);
        if (count > most) {
            error("BASE_TYPE_MAX_LENGTH", "Must be " + most + " or fewer in length.", path);
        } else if (!text.isMissingNode() && count < least) {
            error("BASE_TYPE_BAD_LENGTH", "Must be between " + least + " and " + most + " in length.", path);
        }
    }

    private static int count(JsonNode text) {
        return text.asText().codePointCount(0, text.asText().length());
    }

    private void error(String code, String message, String... path) {
        ObjectNode place = errors;
        for (String part : path) {
            place = place.withObject("/" + part);
        }
        place.withArray("_errors").addObject().put("code", code).put("message", message);
    }

    private static String[] join(String[] at, String... field) {
        List<String> path = new java.util.ArrayList<>(List.of(at));
        path.addAll(List.of(field));
        return path.toArray(String[]::new);
    }
}
