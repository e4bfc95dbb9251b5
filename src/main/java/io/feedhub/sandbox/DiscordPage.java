package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /sandbox/discord}: the nine channels as people know them. */
@RestController
@Profile("sandbox")
@RequestMapping("/sandbox/discord")
final class DiscordPage {
    private final DiscordStandIn discord;

    DiscordPage(StandIns standIns) {
        this.discord = standIns.discord();
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    Resource page() {
        return new ClassPathResource("sandbox/discord.html");
    }

    @GetMapping(path = "/channels", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Channel> channels() {
        return discord.names().stream()
                .map(name -> new Channel(name, discord.received(name)))
                .toList();
    }

    /** The messages of a channel, each text with the HTML it is shown as. */
    @GetMapping(path = "/channels/{channel}", produces = MediaType.APPLICATION_JSON_VALUE)
    List<JsonNode> messages(@PathVariable String channel) {
        return discord.messages(channel).stream().map(DiscordPage::shown).toList();
    }

    private static JsonNode shown(JsonNode message) {
        ObjectNode shown = message.deepCopy();
        render(shown, "content");
        for (JsonNode embed : shown.path("embeds")) {
            render((ObjectNode) embed, "title");
            render((ObjectNode) embed, "description");
            embed.path("fields").forEach(field -> render((ObjectNode) field, "value"));
        }
        return shown;
    }

    private static void render(ObjectNode holder, String text) {
        if (holder.hasNonNull(text)) {
            holder.put(text + "Html", DiscordMarkdown.html(holder.path(text).asText()));
        }
    }

    /**
     * @param name the channel
     * @param received how many messages it got
     */
    record Channel(String name, long received) {}
}
