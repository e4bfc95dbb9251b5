package io.feedhub.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.RunningHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator as machines' hooks call it: over HTTP, with a token. */
class MeshTest {
    private static final String TOKEN = "fh_test-token-of-a-hook";

    @TempDir
    private static Path folder;

    private static RunningHub hub;
    private static final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8));
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of(
                        "feedhub.tokens[0].name", "hook",
                        "feedhub.tokens[0].sha256", HexFormat.of().formatHex(hash),
                        "feedhub.tokens[0].role", "operator",
                        "feedhub.tokens[0].expires", "2099-01-01"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void empty() {
        hub.database().sql("delete from work_claims").update();
    }

    @Test
    void oneOfManyGetsTheWorkAndTheOthersAreToldWho() throws Exception {
        List<Integer> answers = race(64, "fix the gateway");
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(63);
        assertThat(claim("fix the gateway", "late").body()).contains("has fix the gateway until");
    }

    @Test
    @Tag("proof")
    void inAThousandRacesOfSixtyFourEachIsWonOnce() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(race(64, "work " + i))
                    .filteredOn(status -> status == 201)
                    .hasSize(1);
        }
    }

    @Test
    void whoHasItMayAskAgainAndKeepsIt() throws Exception {
        JsonNode first = json(claim("w", "studio-mac"));
        JsonNode again = json(claim("w", "studio-mac"));
        assertThat(again.path("epoch").asLong()).isEqualTo(first.path("epoch").asLong());
        assertThat(again.path("id").asLong()).isEqualTo(first.path("id").asLong());
    }

    @Test
    void whatRanOutIsSomebodyElsesAndTheFirstCanNeitherRenewNorGiveUpNorFinish() throws Exception {
        JsonNode first = json(claim("w", "sleeper"));
        hub.database().sql("delete from machine_work_queue").update();
        hub.database()
                .sql("insert into machine_work_queue (work, title) values ('w', 'A title')")
                .update();
        hub.database()
                .sql("update work_claims set lease_until = now() - interval '1 second'")
                .update();
        JsonNode second = json(claim("w", "awake"));
        assertThat(second.path("epoch").asLong())
                .isGreaterThan(first.path("epoch").asLong());
        String own = "/api/mesh/claims/" + first.path("id").asLong();
        String epoch = "?epoch=" + first.path("epoch").asLong();
        assertThat(send("POST", own + "/renew" + epoch, "").statusCode()).isEqualTo(409);
        assertThat(send("DELETE", own + epoch, "").statusCode()).isEqualTo(409);
        assertThat(done(first).statusCode()).isEqualTo(409);
        assertThat(hub.count("select count(*) from machine_work_queue where status = 'waiting'"))
                .isEqualTo(1);
        assertThat(done(second).statusCode()).isEqualTo(204);
        assertThat(done(second).statusCode()).isEqualTo(409);
        assertThat(hub.count("select count(*) from machine_work_queue where status = 'done'"))
                .isEqualTo(1);
    }

    @Test
    void whatIsGivenUpIsFreeAtOnceAndWaitsForAMachineThatMayHaveIt() throws Exception {
        hub.database().sql("delete from machine_work_queue").update();
        hub.database()
                .sql(
                        """
                insert into machine_work_queue (work, title, domain, machine)
                values ('a', 'A', 'memory', null), ('b', 'B', 'design', 'studio-mac'), ('c', 'C', null, 'cloud-vm')""")
                .update();
        assertThat(waiting("?machine=studio-mac")).containsExactly("a", "b");
        JsonNode claim = json(claim("a", "studio-mac"));
        assertThat(waiting("?machine=studio-mac")).containsExactly("b");
        assertThat(send(
                                "DELETE",
                                "/api/mesh/claims/" + claim.path("id").asLong() + "?epoch="
                                        + claim.path("epoch").asLong(),
                                "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(waiting("?domain=memory")).containsExactly("a");
    }

    @Test
    void rulesDecideFirstGeminiWhenTheyDoNotAndNobodyWhenItIsDown() throws Exception {
        long asked = hub.count("select count(*) from feedhub.llm_usage");
        assertThat(classify("Cut the YouTube video")).isEqualTo("serenity by rules");
        assertThat(hub.count("select count(*) from feedhub.llm_usage")).isEqualTo(asked);
        assertThat(classify("Something else altogether")).endsWith(" by gemini");
        assertThat(hub.count("select count(*) from feedhub.llm_usage where flow = 'mesh'"))
                .isEqualTo(1);
        String ofAll = classify("Something else, of which nothing is known");
        String ofTwo = classify("A dream of the vault");
        assertThat(classify("Something else, asked for after a choice of two"))
                .as("with the choice of the other question, %s", ofTwo)
                .isEqualTo(ofAll);
        hub.standIns().world().breakDown("gemini");
        assertThat(classify("Something quite other")).isEqualTo("null by nobody");
        hub.standIns().world().restore("gemini");
        assertThat(hub.count("select times from machine_domains where machine = 'studio-mac' and domain = 'serenity'"))
                .isEqualTo(1);
    }

    @Test
    void aLimitIsToldToAllOnceAndOnlyEverMadeLonger() throws Exception {
        hub.database().sql("delete from machine_context_cache").update();
        JsonNode told = json(limit("gemini", 600));
        assertThat(json(limit("gemini", 60)).path("until").asText())
                .isEqualTo(told.path("until").asText());
        assertThat(json(send("GET", "/api/mesh/rate-limits", "")).path("items")).hasSize(1);
        assertThat(hub.count("select count(*) from feedhub.outgoing where channel = 'infra' and payload::text like"
                        + " '%gemini limits us%'"))
                .isEqualTo(1);
        hub.database()
                .sql("update machine_context_cache set expires_at = now()")
                .update();
        assertThat(json(send("GET", "/api/mesh/rate-limits", "")).path("items")).isEmpty();
    }

    @Test
    void aLimitThatManyMeetTogetherIsToldOnce() throws Exception {
        hub.database().sql("delete from machine_context_cache").update();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answers.add(threads.submit(() -> limit("apify", 600).statusCode()));
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(200);
        }
        threads.shutdown();
        assertThat(hub.count("select count(*) from feedhub.outgoing where channel = 'infra' and payload::text like"
                        + " '%apify limits us%'"))
                .isEqualTo(1);
    }

    @Test
    void whatIsMissingOrTooLongIsRefusedWithItsName() throws Exception {
        assertThat(send("POST", "/api/mesh/claims", "{\"work\": \"\", \"holder\": \"x\"}")
                        .body())
                .contains("work must be a text");
        assertThat(send("POST", "/api/mesh/claims", "{\"work\": \"w\", \"holder\": \"x\", \"seconds\": 0}")
                        .body())
                .contains("seconds must be from 1 to 86400");
        assertThat(send("POST", "/api/mesh/claims", "{\"work\": \"a\\u0000b\", \"holder\": \"x\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(hub.address() + "/api/mesh/claims"))
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isIn(401, 403);
    }

    /** The p99 is measured, not tested: of a busy machine it says more than of the hub. */
    @Test
    @Tag("proof")
    void halfOfTheClaimsTakeTwentyMillisecondsAtMost() throws Exception {
        for (int i = 0; i < 500; i++) {
            claim("warm " + i, "m");
        }
        long[] nanos = new long[2000];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            assertThat(claim("timed " + i, "m").statusCode()).isEqualTo(201);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        Duration p50 = Duration.ofNanos(nanos[nanos.length / 2]);
        System.getLogger("mesh")
                .log(
                        System.Logger.Level.WARNING,
                        "p50 {0} us, p99 {1} us",
                        p50.toNanos() / 1000,
                        nanos[nanos.length * 99 / 100] / 1000);
        assertThat(p50).isLessThanOrEqualTo(Duration.ofMillis(20));
    }

    private static List<Integer> race(int claimers, String work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(claimers);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < claimers; i++) {
                String holder = "machine-" + i;
                answers.add(threads.submit(() -> {
                    go.await();
                    return claim(work, holder).statusCode();
                }));
            }
            go.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            threads.shutdown();
        }
    }

    private static HttpResponse<String> claim(String work, String holder) throws Exception {
        return send("POST", "/api/mesh/claims", "{\"work\": \"" + work + "\", \"holder\": \"" + holder + "\"}");
    }

    private static HttpResponse<String> done(JsonNode claim) throws Exception {
        return send(
                "POST",
                "/api/mesh/work/done",
                "{\"work\": \"w\", \"epoch\": " + claim.path("epoch").asLong() + "}");
    }

    private static HttpResponse<String> limit(String service, int seconds) throws Exception {
        return send(
                "POST",
                "/api/mesh/rate-limits",
                "{\"service\": \"" + service + "\", \"seconds\": " + seconds + ", \"machine\": \"studio-mac\"}");
    }

    private static String classify(String text) throws Exception {
        JsonNode answer =
                json(send("POST", "/api/mesh/classify", "{\"text\": \"" + text + "\", \"machine\": \"studio-mac\"}"));
        return answer.path("domain").asText("null") + " by " + answer.path("by").asText();
    }

    private static List<String> waiting(String query) throws Exception {
        List<String> works = new ArrayList<>();
        json(send("GET", "/api/mesh/work" + query, ""))
                .path("items")
                .forEach(work -> works.add(work.path("work").asText()));
        return works;
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.address() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
