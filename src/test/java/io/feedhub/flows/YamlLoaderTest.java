package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceSupport;
import org.junit.jupiter.api.Test;

/** How often a file is read for what is in it. */
class YamlLoaderTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    YamlLoaderTest() {
        YamlLoader.installIn(context);
    }

    @Test
    void aFlowIsReadOnce() throws Exception {
        File flow = new File(
                "routes/design/one.yaml",
                """
                - route:
                    id: one
                    from:
                      uri: direct:one
                      steps:
                        - setBody: { constant: beat }
                """);
        RouteBuilder builder = load(flow);
        builder.prepareModel(context);
        assertThat(builder.getRouteCollection().getRoutes()).hasSize(1);
        assertThat(flow.reads).hasValue(1);
    }

    @Test
    void beansAreThereBeforeTheirFileIsRead() throws Exception {
        File beans = new File(
                "beans/names.yaml",
                """
                - beans:
                    - name: names
                      type: java.util.ArrayList
                """);
        load(beans);
        assertThat(context.getRegistry().lookupByName("names")).isInstanceOf(java.util.ArrayList.class);
        assertThat(beans.reads).hasValue(2);
    }

    private RouteBuilder load(File file) throws Exception {
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(file)) {
            return (RouteBuilder) builder;
        }
        throw new AssertionError(file.getLocation() + " gave nothing");
    }

    private static final class File extends ResourceSupport {
        private final AtomicInteger reads = new AtomicInteger();
        private final String text;

        File(String name, String text) {
            super("mem", name);
            this.text = text;
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public InputStream getInputStream() {
            reads.incrementAndGet();
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
