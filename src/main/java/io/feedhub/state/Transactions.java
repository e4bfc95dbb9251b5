package io.feedhub.state;

import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The policy {@code one-transaction}: the steps inside commit together or not at all. */
@Configuration(proxyBeanMethods = false)
class Transactions {

    @Bean("one-transaction")
    SpringTransactionPolicy oneTransaction(PlatformTransactionManager transactions) {
        return new SpringTransactionPolicy(transactions);
    }
}
