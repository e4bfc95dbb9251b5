package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.console.audit.Audit;
import io.feedhub.console.signin.Refusals;
import io.feedhub.database.Json;
import jakarta.servlet.FilterChain;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionTemplate;

/** Bodies whose length nobody says beforehand, read as bytes and as text. */
class BodyLimitFilterTest {
    private static final int MIB = 1 << 20;

    private final BodyLimitFilter limit = new BodyLimitFilter(refusals());

    /** As Spring makes them; their database is asked nothing here. */
    static Refusals refusals() {
        DataSource none = new SimpleDriverDataSource();
        try (AnnotationConfigApplicationContext parts = new AnnotationConfigApplicationContext()) {
            parts.registerBean(ObjectMapper.class);
            parts.registerBean(JdbcClient.class, () -> JdbcClient.create(none));
            parts.registerBean(
                    TransactionTemplate.class, () -> new TransactionTemplate(new JdbcTransactionManager(none)));
            parts.register(Json.class, Audit.class, Refusals.class);
            parts.refresh();
            return parts.getBean(Refusals.class);
        }
    }

    @Test
    void aLongBodyIsRefusedHoweverItIsRead() {
        assertThatThrownBy(() -> pass("x".repeat(MIB + 1), (request, response) -> assertThat(
                                request.getInputStream().readAllBytes())
                        .isEmpty()))
                .hasMessageContaining("larger than 1 MiB");
        assertThatThrownBy(() -> pass("x".repeat(MIB + 1), (request, response) -> assertThat(
                                request.getReader().readLine())
                        .isEmpty()))
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void aShortBodyIsReadAsItWasWritten() throws Exception {
        pass("grüß\ndich", (request, response) -> {
            assertThat(request.getReader().readLine()).isEqualTo("grüß");
            assertThat(request.getReader().readLine()).isEqualTo("dich");
        });
    }

    private void pass(String body, FilterChain reader) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/api/flows/x") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setCharacterEncoding("UTF-8");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        limit.doFilter(request, new MockHttpServletResponse(), reader);
    }
}
