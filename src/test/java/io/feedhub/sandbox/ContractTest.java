package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stand-ins answer in the vendors' shapes. */
class ContractTest {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, String> SIGNED_IN =
            Map.of("authorization", "Bearer t", "x-goog-api-key", "k", "user-agent", "DiscordBot (x, 1)");

    private final ObjectMapper json = new ObjectMapper();
    private final World world = new World(Clock.systemUTC());

    @Test
    void aMessageIsDiscords() {
        DiscordStandIn discord = new DiscordStandIn(Clock.systemUTC(), json, List.of("infra"), 1);
        String body = "{\"embeds\": [{\"title\": \"t\", \"color\": 1, \"footer\": {\"text\": \"f\"}}]}";
        Reply reply = discord.answer(request("POST", DiscordStandIn.path("infra"), body));
        assertThat(reply.status()).isEqualTo(200);
        assertFits("discord-webhook.patched.openapi.json#/components/schemas/MessageResponse", reply);
    }

    @Test
    void aLimitAndAnErrorAreDiscords() {
        DiscordStandIn discord = new DiscordStandIn(Clock.systemUTC(), json, List.of("infra"), 1);
        Request request = request("POST", DiscordStandIn.path("infra"), "{\"content\": \"x\"}");
        Reply reply = discord.answer(request);
        for (int i = 0; i < 5; i++) {
            reply = discord.answer(request);
        }
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).containsKeys("Retry-After", "X-RateLimit-Reset-After", "X-RateLimit-Bucket");
        assertFits("discord-webhook.patched.openapi.json#/components/schemas/RatelimitedResponse", reply);
        assertThat(discord.answer(request("POST", "/api/v10/webhooks/1/nobody", "{}"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anAnswerIsGeminis() {
        Reply reply = new GeminiStandIn(world, json)
                .answer(request(
                        "POST",
                        "/v1beta/models/gemini-flash-latest:generateContent",
                        "{\"contents\": [{\"parts\": [{\"text\": \"- a\"}]}]}"));
        assertThat(reply.status()).isEqualTo(200);
        assertFits("gemini.schema.json#/$defs/GenerateContentResponse", reply);
    }

    @Test
    void runsAreApifys() {
        ApifyStandIn apify = new ApifyStandIn(world);
        Reply started = apify.answer(request("POST", "/v2/actors/a~b/runs", "{}"));
        assertThat(started.status()).isEqualTo(201);
        String id = json.valueToTree(started.body()).at("/data/id").asText();
        assertThat(status(apify, id)).isEqualTo("RUNNING");
        assertThat(status(apify, id)).isEqualTo("SUCCEEDED");
        assertFits(
                "apify.openapi.json#/components/schemas/ErrorResponse",
                apify.answer(new Request("GET", "/v2/actor-runs/x", Map.of(), Map.of(), "")));
    }

    @Test
    void aQueryIsPrometheus() {
        PrometheusStandIn prometheus = new PrometheusStandIn(world);
        assertFits(
                "prometheus.openapi.json#/components/schemas/QueryOutputBody",
                prometheus.answer(new Request("GET", "/api/v1/query", Map.of("query", "up"), Map.of(), "")));
        assertFits(
                "prometheus.openapi.json#/components/schemas/Error",
                prometheus.answer(new Request("GET", "/api/v1/query", Map.of(), Map.of(), "")));
    }

    private String status(ApifyStandIn apify, String id) {
        Reply reply = apify.answer(request("GET", "/v2/actor-runs/" + id, ""));
        return json.valueToTree(reply.body()).at("/data/status").asText();
    }

    private static Request request(String method, String path, String body) {
        return new Request(method, path, Map.of("wait", "true"), SIGNED_IN, body);
    }

    private void assertFits(String schema, Reply reply) {
        JsonNode body = json.valueToTree(reply.body());
        var location = SchemaLocation.of("classpath:contracts/" + schema);
        assertThat(SCHEMAS.getSchema(location).validate(body)).isEmpty();
    }
}
