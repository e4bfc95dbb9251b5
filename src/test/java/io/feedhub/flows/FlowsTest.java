package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.check.FlowFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What is said of what runs. */
class FlowsTest {
    private final Catalogue catalogue = new Catalogue();
    private final Flows flows =
            new Flows(catalogue, new LiveRoutes(new DefaultCamelContext()), new SimpleMeterRegistry());

    @Test
    void whatIsComparedWithTheDatabaseHasNoNumber() {
        catalogue.runs("one", new FlowFile("routes/operations/one.yaml", ""), 7);
        catalogue.runs("two", new FlowFile("routes/operations/two.yaml", ""), 3);
        catalogue.doubt("two");
        assertThat(flows.all()).extracting(Flow::revision).containsExactly(7, 0);
        assertThat(flows.revisions()).containsOnlyKeys("one");
        assertThat(flows.revision("two")).isEmpty();
    }

    @Test
    void whoUsesASharedFileIsWhoNamesItsBeansAndEverybodyUsesAPolicy() {
        FlowFile beans = new FlowFile("beans/stores.yaml", "- beans:\n    - name: store\n");
        catalogue.runs("beans/stores", beans, 1);
        catalogue.runs("two", new FlowFile("routes/operations/two.yaml", "# not #store-room"), 1);
        catalogue.runs("one", new FlowFile("routes/operations/one.yaml", "# \"#store\""), 1);
        assertThat(flows.users(beans)).containsExactly("one");
        assertThat(flows.users(new FlowFile("routes/_shared/errors.yaml", ""))).containsExactly("one", "two");
        assertThat(flows.text("beans/stores")).contains(beans.text());
        assertThat(flows.text("three")).isEmpty();
    }
}
