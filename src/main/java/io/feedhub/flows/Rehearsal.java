package io.feedhub.flows;

import io.feedhub.flows.check.ErrorLocator;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Builds the routes of a file for real before the running ones are touched, so that an unknown bean, a missing placeholder
 * or a bad expression shows. The stage is a Camel context of its own that is built and never started: no trigger fires, no
 * route appears in the console, and nothing has to be cleared away but memory.
 */
@Component
final class Rehearsal {
    private final CamelContext live;

    Rehearsal(CamelContext live) {
        this.live = live;
    }

    /**
     * Builds files that belong together.
     *
     * @param withheld names of beans that the files must not find in the hub
     * @throws Refused with the place in the file that cannot be built
     */
    void rehearse(List<FlowFile> files, Set<String> withheld) throws Refused {
        try (LentBeans lentBeans = new LentBeans(live.getRegistry(), withheld)) {
            DefaultCamelContext stage = stage(lentBeans);
            for (FlowFile file : files) {
                build(stage, file);
            }
            initialise(stage, files.get(files.size() - 1));
        }
    }

    private DefaultCamelContext stage(BeanRepository lentBeans) {
        DefaultCamelContext stage = new DefaultCamelContext(new DefaultRegistry(lentBeans));
        stage.getCamelContextExtension().setName("feedhub-rehearsal");
        stage.disableJMX();
        stage.setAutoStartup(false);
        stage.setSourceLocationEnabled(true);
        stage.getPropertiesComponent().addPropertiesSource(new LiveProperties(live));
        YamlLoader.installIn(stage);
        return stage;
    }

    private static void build(CamelContext stage, FlowFile file) throws Refused {
        try {
            PluginHelper.getRoutesLoader(stage).loadRoutes(ResourceHelper.fromString(file.name(), file.text()));
        } catch (Exception e) { // Camel's loader declares no narrower one
            throw new Refused(ErrorLocator.find(file, e), e);
        }
    }

    private static void initialise(DefaultCamelContext stage, FlowFile file) throws Refused {
        try {
            stage.init();
        } catch (RuntimeException e) {
            throw new Refused(ErrorLocator.find(file, e), e);
        }
    }

    private record LiveProperties(CamelContext live) implements PropertiesSource {
        @Override
        public String getName() {
            return "live";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return live.getPropertiesComponent().resolveProperty(name).orElse(null);
        }
    }
}
