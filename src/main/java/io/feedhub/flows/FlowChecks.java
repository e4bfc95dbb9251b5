package io.feedhub.flows;

import io.feedhub.flows.check.BeanNames;
import io.feedhub.flows.check.Checker;
import io.feedhub.flows.check.Vocabulary;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The checker with this hub's names. */
@Configuration(proxyBeanMethods = false)
final class FlowChecks {

    @Bean
    Checker checker(Environment environment, LiveFiles liveFiles) {
        return new Checker(Vocabulary.from(environment, () -> beans(liveFiles)));
    }

    private static Set<String> beans(LiveFiles liveFiles) {
        return liveFiles.beans().stream()
                .flatMap(live -> BeanNames.in(live.file()).stream())
                .collect(Collectors.toSet());
    }
}
