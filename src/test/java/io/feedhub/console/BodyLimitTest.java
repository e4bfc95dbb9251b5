package io.feedhub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionTemplate;

/** Bodies whose length nobody says beforehand, read as bytes and as text. */
class BodyLimitTest {
    private static final int MIB = 1 << 20;

    private static final Audit NONE =
            new Audit(JdbcClient.create(new SimpleDriverDataSource()), new TransactionTemplate(), new ObjectMapper());

    private final BodyLimit limit = new BodyLimit(new Refusals(new ObjectMapper(), NONE));

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
