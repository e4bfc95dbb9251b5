package io.feedhub.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedhub.database.Json;
import io.feedhub.delivery.Envelope.Message;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Writes the body of a POST: the messages' embeds in one, each with the key by which it is found on the ledger. */
@Component
final class Letter {
    private final Json json;

    Letter(Json json) {
        this.json = json;
    }

    String of(Envelope envelope) {
        ObjectNode body = json.read(envelope.first().payload(), ObjectNode.class);
        ArrayNode embeds = body.putArray("embeds");
        Set<String> urls = new HashSet<>();
        for (Message message : envelope.messages()) {
            for (JsonNode embed : json.read(message.payload(), JsonNode.class).path("embeds")) {
                embeds.add(sealed((ObjectNode) embed, message, urls));
            }
        }
        return json.write(body);
    }

    /** Embeds that share an address collapse into one: Discord takes them for one gallery. */
    private static ObjectNode sealed(ObjectNode embed, Message message, Set<String> urls) {
        String url = embed.path("url").asText();
        if (!url.isEmpty() && !urls.add(url)) {
            embed.put("url", url + (url.contains("#") ? "." : "#") + message.id());
        }
        String page = embed.at("/footer/text").asText();
        embed.putObject("footer").put("text", page.isEmpty() ? message.footer() : page + " · " + message.footer());
        return embed;
    }
}
