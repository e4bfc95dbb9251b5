package io.feedhub.flows;

import org.apache.camel.CamelContext;
import org.apache.camel.ContextEvents;
import org.apache.camel.spi.StartupConditionStrategy;
import org.apache.camel.spi.UriFactoryResolver;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelConfigurationProperties;
import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.spi.CamelBeanPostProcessor;
import org.apache.camel.support.ResetableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Camel context, made as Camel's own configuration makes it, but a {@link FlowContext}. */
@Configuration(proxyBeanMethods = false)
final class CamelSetup {

    @Bean(destroyMethod = "") // Camel stops it with the application
    CamelContext camelContext(
            ApplicationContext hub,
            CamelConfigurationProperties settings,
            CamelBeanPostProcessor beans,
            StartupConditionStrategy conditions)
            throws Exception {
        ResetableClock boot = new ResetableClock();
        CamelSpringBootApplicationController controller = new CamelSpringBootApplicationController(hub);
        FlowContext context = new FlowContext(hub, settings.getMain().isWarnOnEarlyShutdown(), controller);
        context.getClock().add(ContextEvents.BOOT, boot);
        controller.setCamelContext(context);
        beans.setCamelContext(context);
        context.getCamelContextExtension().addContextPlugin(CamelBeanPostProcessor.class, beans);
        context.getCamelContextExtension().addContextPlugin(StartupConditionStrategy.class, conditions);
        context.getCamelContextExtension().addContextPlugin(UriFactoryResolver.class, new UriFactories());
        return CamelAutoConfiguration.doConfigureCamelContext(hub, context, settings, controller);
    }
}
