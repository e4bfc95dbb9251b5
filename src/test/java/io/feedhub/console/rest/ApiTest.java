package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.RunningHub;
import io.feedhub.console.Caller;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What all of the API has in common. */
class ApiTest {
    private static final String PAUSE = "/api/flows/heartbeat_pulse/pause";
    private static final String COUNT = "select count(*) from feedhub.audit where action = 'flow.pause'";
    private static RunningHub hub;
    private static Caller admin;

    @BeforeAll
    static void start() {
        hub = new RunningHub(Path.of("routes"), Map.of());
        admin = Caller.basic(hub, "admin", "secret");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aPostThatIsRepeatedWithItsKeyIsDoneOnce() {
        long before = hub.count(COUNT);
        HttpResponse<String> first = admin.send("POST", PAUSE, null, "Idempotency-Key", "one");
        HttpResponse<String> again = admin.send("POST", PAUSE, null, "Idempotency-Key", "one");
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(hub.count(COUNT)).isEqualTo(before + 1);
        assertThat(admin.send("POST", "/api/flows/heartbeat_pulse/resume", null, "Idempotency-Key", "one")
                        .statusCode())
                .isEqualTo(422);
        assertThat(admin.send("POST", PAUSE, null, "Idempotency-Key", "two").statusCode())
                .isEqualTo(first.statusCode());
        assertThat(hub.count(COUNT)).isEqualTo(before + 2);
    }

    @Test
    void aKeyWithAnotherBodyIsAnotherRequest() {
        String[] headers = {"Idempotency-Key", "body", "Content-Type", "application/json"};
        String path = "/api/commands";
        HttpResponse<String> first = admin.send("POST", path, "{\"machine\": \"a\"}", headers);
        assertThat(first.statusCode()).isLessThan(500);
        assertThat(admin.send("POST", path, "{\"machine\": \"a\"}", headers).body())
                .isEqualTo(first.body());
        HttpResponse<String> other = admin.send("POST", path, "{\"machine\": \"b\"}", headers);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("was used for another request");
    }

    @Test
    void aFormsBodyIsNotCompared() {
        String[] headers = {"Idempotency-Key", "form", "Content-Type", "application/x-www-form-urlencoded"};
        HttpResponse<String> first = admin.send("POST", PAUSE + "?reason=x", "", headers);
        HttpResponse<String> again = admin.send("POST", PAUSE + "?reason=x", "", headers);
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWithAKeyAsWell() {
        String[] headers = {"Idempotency-Key", "long", "Content-Type", "application/json"};
        assertThat(admin.send("POST", "/api/commands", "x".repeat(2 << 20), headers)
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void ofAHubThatDiedNobodyKnowsHowTheRequestEnded() {
        hub.database()
                .sql("insert into feedhub.request (who, key, request, at) values ('admin', 'young', :request, now()),"
                        + " ('admin', 'lost', :request, now() - interval '12 minutes')")
                .param("request", PAUSE + "?")
                .update();
        HttpResponse<String> young = admin.send("POST", PAUSE, null, "Idempotency-Key", "young");
        HttpResponse<String> lost = admin.send("POST", PAUSE, null, "Idempotency-Key", "lost");
        assertThat(young.statusCode()).isEqualTo(409);
        assertThat(young.body()).contains("has no answer yet");
        assertThat(lost.statusCode()).isEqualTo(409);
        assertThat(lost.body()).contains("nobody knows how the first request");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        String etag = admin.send("GET", "/api/runs", null)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertThat(admin.send("GET", "/api/runs", null, "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void errorsAreProblems() {
        for (String path : new String[] {"/api/flows/nothing", "/api/runs/x", "/api/nothing"}) {
            HttpResponse<String> answer = admin.send("GET", path, null);
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        }
    }

    @Test
    void aFlowIsCheckedAsTheFileThatItsTextSaysItIs() throws IOException {
        Matcher first =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(first.find()).isTrue();
        String check = "/api/flows/check";
        assertThat(admin.send("POST", check, first.group(1)).body()).isEqualTo("{\"findings\":[]}");
        assertThat(admin.send("POST", check + "?file=routes/operations/other.yaml", first.group(1))
                        .body())
                .contains("other");
        assertThat(admin.send("POST", check, "- route: {}").body()).contains("unnamed");
    }

    @Test
    void aFlowThatIsSuspendedOverJmxHasNoNextRun() throws Exception {
        RouteController routes = hub.bean(CamelContext.class).getRouteController();
        String flow = "/api/flows/x_repost_watcher";
        assertThat(hub.get(flow).path("nextRun").isTextual()).isTrue();
        routes.suspendRoute("x_repost_watcher");
        try {
            assertThat(hub.get(flow).path("nextRun").isNull()).isTrue();
        } finally {
            routes.resumeRoute("x_repost_watcher");
        }
        assertThat(hub.get(flow).path("nextRun").isTextual()).isTrue();
    }

    @Test
    void ofANameThatIsNoFlowsTheNearestIsSaid() {
        assertThat(admin.send("GET", "/api/flows/heartbeat_pluse/revisions/2/diff?from=1", null)
                        .body())
                .contains("no flow heartbeat_pluse; did you mean heartbeat_pulse?");
        assertThat(admin.send("GET", "/api/flows/heartbeat_pluse/state/misses", null)
                        .body())
                .contains("no flow heartbeat_pluse; did you mean heartbeat_pulse?");
        for (String path : new String[] {"/api/runs?flow=%s", "/api/flows/%s/state", "/api/flows/%s/revisions"}) {
            HttpResponse<String> wrong = admin.send("GET", path.formatted("heartbeat_pluse"), null);
            assertThat(wrong.statusCode()).as(path).isEqualTo(404);
            assertThat(wrong.body()).contains("no flow heartbeat_pluse; did you mean heartbeat_pulse?");
            assertThat(admin.send("GET", path.formatted("task_aggregator"), null)
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(admin.send("GET", "/api/files/beans/nothing/revisions", null).body())
                .contains("no file beans/nothing; ");
    }

    @Test
    void aListSaysWhereItGoesOn() {
        for (String path :
                new String[] {"/api/flows", "/api/flows/heartbeat_pulse/state", "/api/models", "/api/runs"}) {
            JsonNode list = hub.get(path);
            assertThat(list.path("items").isArray()).as(path).isTrue();
            assertThat(list.has("next")).as(path).isTrue();
        }
    }

    @Test
    void ofANameThatIsNoChannelsTheNearestIsSaid() {
        HttpResponse<String> wrong = admin.send("GET", "/api/deliveries?channel=opps", null);
        assertThat(wrong.statusCode()).isEqualTo(404);
        assertThat(wrong.body()).contains("no channel opps; did you mean ops?");
        assertThat(admin.send("GET", "/api/deliveries?channel=design&state=parked", null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theContractListsNoWordsOfStatesSoThatAClientLivesWithANewOne() {
        JsonNode schemas = hub.get("/api/openapi").at("/components/schemas");
        assertThat(schemas.properties())
                .flatExtracting(schema -> schema.getValue().path("properties").properties())
                .filteredOn(member -> member.getKey().matches("state|outcome"))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(member -> {
                    assertThat(member.getValue().path("type").asText()).isEqualTo("string");
                    assertThat(member.getValue().has("enum")).isFalse();
                });
    }

    @Test
    void theContractDescribesAFlowsMemoryAndACommand() {
        JsonNode contract = hub.get("/api/openapi");
        assertThat(members(contract, contract.at("/paths/~1api~1flows~1{flow}~1state/get/responses/200/content/*~1*")))
                .contains("items", "seen", "batches");
        assertThat(members(contract, contract.at("/paths/~1api~1commands/post/requestBody/content/application~1json")))
                .contains("machine", "command", "arguments", "key");
    }

    private static List<String> members(JsonNode contract, JsonNode content) {
        String schema = content.at("/schema/$ref").asText().substring(1);
        return contract.at(schema + "/properties").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void theContractNamesEachAddressOnceAndWhatARequestMustHave() {
        JsonNode contract = hub.get("/api/openapi");
        assertThat(contract.path("paths").fieldNames())
                .toIterable()
                .extracting(path -> path.replaceAll("\\{\\w+}", "{}"))
                .doesNotHaveDuplicates();
        for (String edit : new String[] {"/api/flows/{flow}", "/api/files/{folder}/{name}"}) {
            for (String method : new String[] {"put", "delete"}) {
                assertThat(contract.path("paths").path(edit).path(method).path("parameters"))
                        .as(method + " " + edit)
                        .filteredOn(one -> one.path("name").asText().equals("If-Match"))
                        .singleElement()
                        .satisfies(one ->
                                assertThat(one.path("required").asBoolean()).isTrue());
            }
        }
        for (String yaml :
                new String[] {"/api/flows/{flow}/put", "/api/files/{folder}/{name}/put", "/api/flows/check/post"}) {
            int end = yaml.lastIndexOf('/');
            assertThat(contract.path("paths")
                            .path(yaml.substring(0, end))
                            .path(yaml.substring(end + 1))
                            .at("/requestBody/content")
                            .fieldNames())
                    .toIterable()
                    .as(yaml)
                    .containsExactly("application/yaml");
        }
        assertThat(contract.at("/components/securitySchemes").findValuesAsText("scheme"))
                .containsExactlyInAnyOrder("bearer", "basic");
    }
}
