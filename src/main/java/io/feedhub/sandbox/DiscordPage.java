package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
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

    @GetMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<JsonNode>> messages() {
        return discord.all();
    }
}
