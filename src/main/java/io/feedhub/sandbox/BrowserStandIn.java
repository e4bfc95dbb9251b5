package io.feedhub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** ab-browser, as docs/private-services.md assumes it: every page has a paragraph and two links. */
final class BrowserStandIn implements StandIn {
    private final ObjectMapper json;

    BrowserStandIn(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.is("POST", "/pages")) {
            return Reply.of(404, Map.of("error", "no such endpoint"));
        }
        try {
            String url = json.readTree(request.body()).path("url").asText();
            return url.isBlank()
                    ? Reply.of(400, Map.of("error", "url is missing"))
                    : Reply.ok(Map.of(
                            "url",
                            url,
                            "title",
                            "A page about " + url.replaceAll(".*/", ""),
                            "text",
                            Phrases.of(Math.floorMod(url.hashCode(), 1000)).text(),
                            "links",
                            List.of(url + "/next", url + "/more")));
        } catch (JsonProcessingException e) {
            return Reply.of(400, Map.of("error", "not JSON"));
        }
    }
}
