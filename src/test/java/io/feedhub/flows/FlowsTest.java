package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.check.FlowFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What is said of what runs. */
class FlowsTest {
    private final LiveFiles liveFiles = new LiveFiles();
    private final Flows flows =
            new Flows(liveFiles, new LiveRoutes(new DefaultCamelContext()), new SimpleMeterRegistry());

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
