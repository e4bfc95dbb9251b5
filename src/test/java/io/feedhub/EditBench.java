package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long it takes from a saved file to its running route, beside few flows and many, and what the watch costs when nobody
 * saves anything. The schedules are silent, so that the edits are measured and not the runs. Figures, not a verdict.
 */
@Tag("bench")
class EditBench {
    private static final int WARM = 20;
    private static final int EDITS = 60;
    private static final Duration REST = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {64, 500, 2_000})
    void fromSavedToLive(int flows) throws Exception {
        Path routes = folder.resolve("routes");
        List<TickingFlow> all = Operators.flows(flows, routes);
        List<Long> took = new ArrayList<>();
        try (RunningHub hub = new RunningHub(routes, Map.of("feedhub.beans", folder.resolve("beans")))) {
            CamelContext camel = hub.bean(CamelContext.class);
            for (int edit = 0; edit < WARM + EDITS; edit++) {
                TickingFlow flow = all.get(edit * 7 % flows).as(edit + 2);
                long begun = System.nanoTime();
                Files.writeString(flow.in(routes), flow.text());
                awaitLive(camel, flow);
                if (edit >= WARM) {
                    took.add((System.nanoTime() - begun) / 1_000_000);
                }
            }
            rest(flows);
        }
        Collections.sort(took);
        System.out.printf(
                "%d flows: saved to live after p50 %d ms, p95 %d ms, at most %d ms%n",
                flows, took.get(EDITS / 2), took.get(EDITS * 95 / 100), took.get(EDITS - 1));
        assertThat(took).hasSize(EDITS);
    }

    /** Six looks at the whole folder, and ten at what is live in the database. */
    private static void rest(int flows) {
        Duration before = watching();
        Awaitility.await().pollDelay(REST).atMost(REST.multipliedBy(2)).until(() -> true);
        System.out.printf(
                "%d flows: watching cost %d ms of CPU in %d s without an edit%n",
                flows, watching().minus(before).toMillis(), REST.toSeconds());
    }

    private static Duration watching() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> List.of("folder-watch", "peer-watch").contains(thread.getName()))
                .map(thread -> Duration.ofNanos(threads.getThreadCpuTime(thread.getId())))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void awaitLive(CamelContext camel, TickingFlow flow) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    Route route = camel.getRoute(flow.id());
                    return route != null
                            && ("edition " + flow.edition()).equals(route.getDescription())
                            && camel.getRouteController()
                                    .getRouteStatus(flow.id())
                                    .isStarted();
                });
    }
}
