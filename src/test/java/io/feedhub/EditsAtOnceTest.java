package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More edits over the API at once than there are connections, and one that waits longer than a transaction may be idle. */
class EditsAtOnceTest {
    private static final int CROWD = 12;
    private static final String SLOW =
            """
            - route:
                id: slow
                nodePrefixId: slow-
                group: design
                description: Takes its time
                note: |-
                  when   once a year
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:design/slow
                  parameters:
                    cron: "0 0 0 1 1 ?"
                  steps:
                    - delay:
                        constant: 6000
            """;

    @TempDir
    private Path routes;

    private final ExecutorService people = Executors.newFixedThreadPool(CROWD);

    @BeforeEach
    void aFlow() throws IOException {
        Files.writeString(Files.createDirectories(routes.resolve("design")).resolve("slow.yaml"), SLOW);
    }

    @AfterEach
    void stop() {
        people.shutdownNow();
    }

    @Test
    void eachOfACrowdIsToldWhyItsEditIsRefused() {
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            List<CompletableFuture<Integer>> answers = IntStream.range(0, CROWD)
                    .mapToObj(number -> "crowd_" + number)
                    .map(flow -> put(hub, flow, "0", SLOW.replace("slow", flow).replace("delay:", "deley:")))
                    .toList();
            assertThat(answers)
                    .extracting(CompletableFuture::join)
                    .hasSize(CROWD)
                    .containsOnly(422);
            assertThat(hub.count("select count(*) from feedhub.audit where result = 'refused'"))
                    .isEqualTo(CROWD);
        }
    }

    @Test
    void anEditThatWaitsForTheOneBeforeItIsAnswered() {
        String limit = "set idle_in_transaction_session_timeout = '2s'";
        try (RunningHub hub = new RunningHub(routes, Map.of("spring.datasource.hikari.connection-init-sql", limit))) {
            assertThat(hub.post("/api/flows/slow/run")).isEqualTo(202);
            CamelContext camel = hub.bean(CamelContext.class);
            Awaitility.await().until(() -> camel.getInflightRepository().size("slow") == 1);
            List<CompletableFuture<Integer>> answers = List.of(
                    put(hub, "slow", "1", SLOW.replace("its", "some")),
                    put(hub, "slow", "1", SLOW.replace("its", "much")));
            assertThat(answers).extracting(CompletableFuture::join).containsExactlyInAnyOrder(200, 409);
        }
    }

    private CompletableFuture<Integer> put(RunningHub hub, String flow, String base, String text) {
        return CompletableFuture.supplyAsync(
                () -> hub.put("/api/flows/" + flow, base, text).statusCode(), people);
    }
}
