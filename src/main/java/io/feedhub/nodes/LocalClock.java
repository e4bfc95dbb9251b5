package io.feedhub.nodes;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This machine's clock, a parameter of everything that asks for the time. */
@Configuration(proxyBeanMethods = false)
final class LocalClock {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
