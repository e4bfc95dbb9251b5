package io.feedhub.flows;

import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Vocabulary;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The checker with this hub's names. */
@Configuration(proxyBeanMethods = false)
class FlowChecks {

    @Bean
    Checker checker(Environment environment) {
        return new Checker(Vocabulary.from(environment));
    }
}
