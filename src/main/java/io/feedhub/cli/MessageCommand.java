package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What one message says, and what became of it. */
@Command(name = "message", mixinStandardHelpOptions = true, description = "Show what an outgoing message says.")
final class MessageCommand extends CallCommand {

    @Parameters(paramLabel = "ID", description = "Its number, as ./feedhub deliveries has it.")
    private long id;

    @Override
    JsonNode call(HubClient hub) {
        return hub.get("/api/deliveries/" + id, Map.of());
    }

    @Override
    String words(JsonNode answer) {
        JsonNode delivery = answer.path("delivery");
        List<String> lines = new ArrayList<>();
        lines.add("#" + delivery.path("channel").asText() + ", "
                + delivery.path("state").asText() + ", by "
                + delivery.path("flow").asText());
        add(lines, delivery.path("error"));
        if (delivery.path("messageId").isTextual()) {
            lines.add("Discord's id: " + delivery.path("messageId").asText());
        }
        for (JsonNode embed : answer.at("/content/embeds")) {
            lines.add("");
            add(lines, embed.path("title"));
            add(lines, embed.path("url"));
            add(lines, embed.path("description"));
            embed.path("fields")
                    .forEach(field -> lines.add(field.path("name").asText() + ": "
                            + field.path("value").asText()));
            add(lines, embed.at("/footer/text"));
        }
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, JsonNode text) {
        if (text.isTextual()) {
            lines.add(text.asText());
        }
    }
}
