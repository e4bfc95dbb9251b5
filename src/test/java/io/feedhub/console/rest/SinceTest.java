package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.server.ResponseStatusException;

class SinceTest {
    private final ReportApi report = new ReportApi(
            new Report(JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none"))),
            Clock.systemUTC());

    /** PostgreSQL's driver makes another year of it without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void aYearThatNobodyMeansIsRefusedBeforeTheDatabaseIsAsked(String since) {
        assertThatThrownBy(() -> report.report(Instant.parse(since)))
                .isInstanceOfSatisfying(ResponseStatusException.class, refused -> assertThat(refused.getReason())
                        .isEqualTo("since must be in the years 1970 to 9999"));
    }

    @Test
    void withoutOneThereIsNone() {
        assertThat(Since.of(null)).isNull();
    }
}
