package io.feedhub.console.rest;

import io.feedhub.console.hawtio.JolokiaDoor;
import io.feedhub.console.signin.Refusals;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * What all of the API has: no forms, a limit of size, ETags for what is read, answers to repeated requests. These come after the door;
 * before it is what answers while there is no database.
 */
@Configuration(proxyBeanMethods = false)
final class ApiFilters {
    private static final String API = "/api/*";

    @Bean
    FilterRegistrationBean<DatabaseAwayFilter> databaseAwayAtTheDoor(Refusals refusals) {
        FilterRegistrationBean<DatabaseAwayFilter> registration =
                new FilterRegistrationBean<>(new DatabaseAwayFilter(refusals));
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<NoFormsFilter> noForms(Refusals refusals) {
        FilterRegistrationBean<NoFormsFilter> registration = on(new NoFormsFilter(refusals), 0);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE); // the first who asks for a parameter reads the body
        return registration;
    }

    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
        return on(new ShallowEtagHeaderFilter(), 10);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(Refusals refusals) {
        FilterRegistrationBean<BodyLimitFilter> limit = on(new BodyLimitFilter(refusals), 20);
        limit.addUrlPatterns(JolokiaDoor.PATH + "/*");
        return limit;
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> onceOnly(JdbcClient database, Refusals refusals) {
        return on(new IdempotencyFilter(new RepeatedRequests(database), refusals), 5);
    }

    private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> on(F filter, int fromTheEnd) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(API);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - fromTheEnd);
        return registration;
    }
}
