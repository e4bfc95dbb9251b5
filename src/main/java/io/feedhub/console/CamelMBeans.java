package io.feedhub.console;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** Has Camel register its MBeans by way of {@link SharedMBeanInfo}. */
@Component
final class CamelMBeans implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension().setManagementMBeanAssembler(new SharedMBeanInfo(context));
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // the agent takes the assembler when it begins
    }
}
