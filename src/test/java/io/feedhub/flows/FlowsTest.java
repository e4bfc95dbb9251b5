package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.feedhub.flows.check.Finding;
import io.feedhub.flows.check.FlowFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What is said of what runs. */
class FlowsTest {
    private final LiveFiles liveFiles = new LiveFiles();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Flows flows = new Flows(liveFiles, new LiveRoutes(camel), meters);

    @Test
    void whatIsComparedWithTheDatabaseHasNoNumber() {
        liveFiles.runs("one", new FlowFile("routes/operations/one.yaml", ""), 7);
        liveFiles.runs("two", new FlowFile("routes/operations/two.yaml", ""), 3);
        liveFiles.doubt("two");
        assertThat(flows.all()).extracting(Flow::revision).containsExactly(7, 0);
        assertThat(flows.revisions()).containsOnlyKeys("one");
        assertThat(flows.revision("two")).isEmpty();
    }

    @Test
    void oneIsFoundWithItsOwnProblemsAndTheOneThatRunsBeforeARefusedOneOfItsName() {
        Finding broken = new Finding("routes/operations/one.yaml", 1, 1, "broken", "mend it");
        liveFiles.runs("one", new FlowFile("routes/operations/one.yaml", ""), 7);
        liveFiles.fails(new FlowFile("routes/operations/one.yaml", "x"), 8, List.of(broken));
        liveFiles.refused(List.of(refused("routes/before/one.yaml"), refused("routes/operations/two.yaml")));
        assertThat(flows.find("one").orElseThrow().domain()).isEqualTo("operations");
        assertThat(flows.find("one").orElseThrow().problems()).containsExactly(broken);
        assertThat(flows.find("two").map(Flow::state)).contains(FlowState.REFUSED);
        assertThat(flows.find("three")).isEmpty();
    }

    @Test
    void allAndOneAndTheMetricsSayTheSameOfAPause() throws Exception {
        for (String flow : List.of("one", "two")) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + flow).routeId(flow).log("ran");
                }
            });
            liveFiles.runs(flow, new FlowFile("routes/operations/" + flow + ".yaml", ""), 1);
        }
        liveFiles.refused(List.of(refused("routes/operations/three.yaml")));
        camel.start();
        try {
            camel.getRouteController().suspendRoute("two");
            assertThat(flows.all())
                    .extracting(Flow::id, Flow::state)
                    .containsExactly(
                            tuple("one", FlowState.RUNNING),
                            tuple("three", FlowState.REFUSED),
                            tuple("two", FlowState.PAUSED));
            assertThat(flows.find("two").map(Flow::state)).contains(FlowState.PAUSED);
            for (FlowState state : FlowState.values()) {
                assertThat(meters.get("feedhub.flows")
                                .tag("state", state.word())
                                .gauge()
                                .value())
                        .isOne();
            }
        } finally {
            camel.stop();
        }
    }

    private static Revision refused(String file) {
        Finding finding = new Finding(file, 1, 1, "broken", "mend it");
        return new Revision(
                new FlowFile(file, "").key(),
                1,
                file,
                RevisionState.REFUSED,
                "",
                "",
                "",
                "file",
                "here",
                0,
                List.of(finding),
                Instant.EPOCH);
    }

    @Test
    void whoUsesASharedFileIsWhoNamesItsBeansAndEverybodyUsesAPolicy() {
        FlowFile beans = new FlowFile("beans/stores.yaml", "- beans:\n    - name: store\n");
        liveFiles.runs("beans/stores", beans, 1);
        liveFiles.runs("two", new FlowFile("routes/operations/two.yaml", "# not #store-room"), 1);
        liveFiles.runs("one", new FlowFile("routes/operations/one.yaml", "# \"#store\""), 1);
        assertThat(flows.users(beans)).containsExactly("one");
        assertThat(flows.users(new FlowFile("routes/_shared/errors.yaml", ""))).containsExactly("one", "two");
        assertThat(flows.text("beans/stores")).contains(beans.text());
        assertThat(flows.text("three")).isEmpty();
    }
}
