package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A database that goes away while a request with a key is answered. */
class IdempotencyFilterTest {
    private final Leaving database = new Leaving();
    private final IdempotencyFilter filter =
            new IdempotencyFilter(new RepeatedRequests(JdbcClient.create(database)), BodyLimitFilterTest.refusals());

    @Test
    void whyARequestFailedIsSaidThoughItCannotBeForgotten() {
        assertThatThrownBy(() -> ask((request, response) -> {
                    database.isAway = true;
                    throw new ServletException("what matters");
                }))
                .isInstanceOf(ServletException.class)
                .hasMessage("what matters");
    }

    @Test
    void anErrorIsAnsweredThoughItCannotBeForgotten() throws Exception {
        MockHttpServletResponse answer = ask((request, response) -> {
            database.isAway = true;
            ((HttpServletResponse) response).setStatus(503);
            response.getWriter().write("away");
        });
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getContentAsString()).isEqualTo("away");
    }

    @Test
    void whatWasAnsweredIsAnsweredAgainAndWhatFailedIsTriedAgain() throws Exception {
        ask((request, response) -> ((HttpServletResponse) response).setStatus(500));
        ask((request, response) -> response.getWriter().write("{}"));
        MockHttpServletResponse again = ask((request, response) -> {
            throw new ServletException("asked twice");
        });
        assertThat(again.getStatus()).isEqualTo(200);
        assertThat(again.getContentAsString()).isEqualTo("{}");
    }

    private MockHttpServletResponse ask(FilterChain next) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/flows/one/run");
        request.addHeader("Idempotency-Key", "one");
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, next);
        return response;
    }

    private static final class Leaving extends DelegatingDataSource {
        private boolean isAway;

        private Leaving() {
            super(TestDatabase.migrated().dataSource());
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (isAway) {
                throw new SQLException("away");
            }
            return super.getConnection();
        }
    }
}
