package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.database.Json;
import io.feedhub.delivery.Envelope.Message;
import io.feedhub.runs.RunMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbedsTest {
    private static final String FOOTER = "a flow · run 9223372036854775807 · 9223372036854775807";

    private final ObjectMapper json = new ObjectMapper();
    private final Embeds embeds = new Embeds(json);
    private final Letter letters = new Letter(new Json(json));

    @Test
    void everyLimitHoldsForEveryPostAndNothingIsLost() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int n = 0; n < 30; n++) {
            fields.put("field " + n, "value " + n + "." + " 😀".repeat(n * 20));
        }
        Post post = new Post("t😀".repeat(200) + "end", "word ".repeat(2000), "https://x.test/", "bad", fields);
        List<JsonNode> bodies = bodies(post);
        assertThat(bodies).hasSizeGreaterThan(2);
        String all = bodies.toString();
        for (int n = 0; n < 30; n++) {
            assertThat(all).contains("field " + n).contains("value " + n + ".");
        }
        assertThat(all).contains("t😀end");
        bodies.forEach(EmbedsTest::assertWithinLimits);
    }

    @Test
    void pagesAreNumberedAndFieldsAreOnTheLast() {
        List<JsonNode> bodies = bodies(new Post("Title", "word ".repeat(1000), "", "info", Map.of("Node", "mac")));
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0).at("/embeds/0/title").asText()).isEqualTo("Title");
        assertThat(bodies.get(0).at("/embeds/0/footer/text").asText()).isEqualTo("1 of 2 · " + FOOTER);
        assertThat(bodies.get(0).at("/embeds/0/fields").isMissingNode()).isTrue();
        assertThat(bodies.get(1).at("/embeds/0/title").isMissingNode()).isTrue();
        assertThat(bodies.get(1).at("/embeds/0/fields/0/inline").asBoolean()).isTrue();
    }

    @Test
    void severitiesAndColoursAreUnderstood() {
        assertThat(Tone.colour("Critical")).isEqualTo(Tone.colour("bad"));
        assertThat(Tone.colour("resolved")).isEqualTo(Tone.colour("good"));
        assertThat(Tone.colour("degraded")).isEqualTo(Tone.colour("warn"));
        assertThat(Tone.colour("whatever")).isEqualTo(Tone.colour("info"));
        assertThat(Tone.colour("#010203")).isEqualTo(0x010203);
    }

    /** PostgreSQL takes that character in no JSON. */
    @Test
    void whatPostgresqlRefusesIsTakenOut() {
        Post post = new Post("a\0", "b\0", "", "info", Map.of("c\0", "d\0"));
        assertThat(bodies(post).toString())
                .doesNotContain("u0000")
                .contains("a\uFFFD", "b\uFFFD", "c\uFFFD", "d\uFFFD");
    }

    @Test
    void nobodyIsPinged() {
        assertThat(bodies(Post.of("@everyone", "", "info")).get(0).at("/allowed_mentions/parse"))
                .isEqualTo(json.createArrayNode());
    }

    @Test
    void anEmptyPostIsRefusedWithWhatItNeeds() {
        assertThatThrownBy(() -> bodies(Post.of(" ", "", "info")))
                .hasMessage("a message needs a title, a text or fields");
    }

    @Test
    void foldedMessagesShareOneBodyAndNoAddress() {
        List<Message> messages = List.of(message(1), message(2));
        JsonNode body = read(letters.of(new Envelope("infra", messages)));
        assertThat(body.path("embeds")).hasSize(2);
        assertThat(body.at("/embeds/0/url").asText()).isEqualTo("https://x.test/");
        assertThat(body.at("/embeds/1/url").asText()).isEqualTo("https://x.test/#2");
    }

    private Message message(long id) {
        Post post = new Post("t", "", "https://x.test/", "info", Map.of());
        return new Message(id, payloads(post).get(0), "f · " + id, 1);
    }

    private List<JsonNode> bodies(Post post) {
        return payloads(post).stream()
                .map(payload -> letters.of(new Envelope("infra", List.of(new Message(1, payload, FOOTER, 1)))))
                .map(this::read)
                .toList();
    }

    private List<String> payloads(Post post) {
        return embeds.of(new Origin(new RunMark("f", 1L, 1), "infra"), post, false).stream()
                .map(Outgoing::payload)
                .toList();
    }

    private JsonNode read(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertWithinLimits(JsonNode body) {
        int sum = 0;
        for (JsonNode embed : body.path("embeds")) {
            sum += length(embed.path("title"), 256)
                    + length(embed.path("description"), 4096)
                    + length(embed.at("/footer/text"), 2048);
            assertThat(embed.path("fields").size()).isLessThanOrEqualTo(25);
            for (JsonNode field : embed.path("fields")) {
                sum += length(field.path("name"), 256) + length(field.path("value"), 1024);
            }
        }
        assertThat(sum).isLessThanOrEqualTo(6000);
    }

    private static int length(JsonNode text, int most) {
        int length = text.asText().codePointCount(0, text.asText().length());
        assertThat(length).isLessThanOrEqualTo(most);
        return length;
    }
}
