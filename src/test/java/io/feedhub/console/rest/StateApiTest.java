package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.RunningHub;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateApiTest {
    private static final String ENTRY =
            """
            {"flow": "whole", "name": "x", "kind": "newest", "value": 1, "file": "x.json", "sources": {"": "x.json"}}""";

    @TempDir
    private static Path routes;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = new RunningHub(routes, Map.of());
        hub.database()
                .sql(
                        "insert into feedhub.seen (flow, key, claim) select 'f', 'k' || n, '' from generate_series(1, 5) n")
                .update();
        hub.database()
                .sql("insert into feedhub.state (flow, name, value, run) values ('f', 'cursor', '{\"page\": 1}', 7)")
                .update();
        hub.database()
                .sql("update feedhub.state set value = '\"oops\"', version = 2, run = 8")
                .update();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void showsWhatAFlowRemembersAndWritesAnEarlierVersionAgain() {
        JsonNode variable = hub.get("/api/flows/f/state").at("/items/0");
        assertThat(variable.path("value").asText()).isEqualTo("oops");
        assertThat(variable.path("run").asLong()).isEqualTo(8);
        assertThat(hub.get("/api/flows/f/state/cursor")
                        .at("/items/1/value/page")
                        .asInt())
                .isEqualTo(1);
        assertThat(hub.send("GET", "/api/flows/f/state/curser", true).body())
                .contains("f has no variable curser; did you mean cursor?");
        assertThat(hub.post("/api/flows/f/state/cursor/restore?to=1")).isEqualTo(204);
        assertThat(hub.post("/api/flows/f/state/cursor/restore?to=99")).isEqualTo(404);
        assertThat(hub.get("/api/flows/f/state").at("/items/0/value/page").asInt())
                .isEqualTo(1);
        assertThat(
                        hub.count(
                                "select count(*) from feedhub.audit where action = 'state.restore' and before ->> 'value' = 'oops'"))
                .isEqualTo(1);
    }

    @Test
    void aKeyIsForgottenOverHttpAndJmx() throws Exception {
        assertThat(hub.post("/api/flows/f/seen/forget")).isEqualTo(400);
        assertThat(hub.post("/api/flows/f/seen/forget?olderThanDays=-1")).isEqualTo(400);
        assertThat(hub.send("POST", "/api/flows/f/seen/forget?key=k1", true).body())
                .isEqualTo("{\"forgotten\":1}");
        ObjectName seen = new ObjectName("io.feedhub:type=Seen");
        var server = ManagementFactory.getPlatformMBeanServer();
        String text = String.class.getName();
        assertThat(server.invoke(seen, "forget", new Object[] {"f", "k2"}, new String[] {text, text}))
                .isEqualTo(true);
        assertThat(server.invoke(seen, "count", new Object[] {"f"}, new String[] {text}))
                .isEqualTo(3L);
        assertThat(hub.get("/api/flows/f/state").path("seen").asInt()).isEqualTo(3);
    }

    @Test
    void aFlowThatThereIsNotHasNothingToForget() {
        hub.database()
                .sql("insert into feedhub.state (flow, name, value, run) values ('imported', 'x', '1', 7)")
                .update();
        for (String what : new String[] {"key=k", "olderThanDays=17"}) {
            HttpResponse<String> answer = hub.send("POST", "/api/flows/no_flow/seen/forget?" + what, true);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("no flow no_flow; ");
            assertThat(hub.send("POST", "/api/flows/imported/seen/forget?" + what, true)
                            .body())
                    .isEqualTo("{\"forgotten\":0}");
        }
    }

    @Test
    void anImportedEntryThatLacksSomethingIsRefused() {
        for (String entries : new String[] {"[null]", "[{}]", "[" + ENTRY + ", {\"flow\": \"f\"}]"}) {
            HttpResponse<String> answer = hub.send("POST", "/api/state/import", entries);
            assertThat(answer.statusCode()).as(entries).isEqualTo(400);
            assertThat(answer.body()).contains("has no ");
        }
        assertThat(hub.count("select count(*) from feedhub.state where flow = 'whole'"))
                .isZero();
        assertThat(hub.send("POST", "/api/state/import", "[" + ENTRY + "]").statusCode())
                .isEqualTo(200);
    }
}
