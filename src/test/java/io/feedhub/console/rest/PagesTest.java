package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.RunningHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are longer than two pages: each row comes once, the newest first. */
class PagesTest {
    private static final int ROWS = 205;

    @TempDir
    private static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = new RunningHub(folder, Map.of());
        fill(
                "feedhub.occurrence (flow, scheduled_at, origin, outcome, node) select 'many', now() - n * interval '1 hour',"
                        + " 'manual', 'done', 'a'");
        fill("feedhub.outgoing (flow, channel, payload, size, state) select 'many', 'infra', '{}', 0, 'unknown'");
        fill("feedhub.audit (who, role, via, origin, action, subject, result)"
                + " select 'ada', 'admin', 'api', 'here', 'test', 'many', 'done'");
        fill("command_queue (machine, command, status) select 'a', 'many', 'done'");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void runs() {
        assertAllOnce("/api/runs?flow=many", "feedhub.occurrence where flow = 'many'");
    }

    @Test
    void deliveries() {
        assertAllOnce("/api/deliveries?state=unknown", "feedhub.outgoing where state = 'unknown'");
    }

    @Test
    void audit() {
        assertAllOnce("/api/audit?action=test", "feedhub.audit where action = 'test'");
    }

    @Test
    void commands() {
        assertAllOnce("/api/commands?status=done", "command_queue");
    }

    private static void fill(String insert) {
        hub.database()
                .sql("insert into " + insert + " from generate_series(1, " + ROWS + ") n")
                .update();
    }

    private static void assertAllOnce(String list, String rows) {
        List<Long> ids = new ArrayList<>();
        String next = "";
        while (!next.equals("null")) {
            JsonNode page = hub.get(list + (next.isEmpty() ? "" : "&next=" + next));
            assertThat(page.path("items")).as(page.toString()).isNotEmpty();
            page.path("items").forEach(item -> ids.add(item.path("id").asLong()));
            next = page.path("next").asText("null");
        }
        LongStream expected =
                hub.database().sql("select id from " + rows + " order by id desc").query(Long.class).list().stream()
                        .mapToLong(Long::longValue);
        assertThat(ids).hasSize(ROWS).containsExactlyElementsOf(expected.boxed().toList());
    }
}
