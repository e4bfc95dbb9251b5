package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of a step reaches the service. */
class HttpActionTest {
    private static Scripted service;
    private static Steps steps;

    @BeforeAll
    static void start() throws IOException {
        service = new Scripted();
        steps = new Steps(Map.of("feedhub.services.thing.url", service.url()));
    }

    @AfterAll
    static void stop() {
        steps.close();
        service.close();
    }

    @BeforeEach
    void answer() {
        service.script(200, "{}");
    }

    @Test
    void whatIsWrittenIsWhatIsSent() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            answer();
            call(method, "{\"id\": \"${body}\"}");
            assertThat(service.targets()).containsExactly(method + " /x?q=1%2B1");
            assertThat(service.requests()).as(method).containsExactly("{\"id\":\"a\"}");
            call(method, "");
            assertThat(service.requests()).as(method).containsExactly("{\"id\":\"a\"}", "");
        }
    }

    @Test
    void aGetHasNoBodyAndIsNotSentWithoutTheOneThatIsWritten() {
        call("GET", "");
        assertThat(steps.failure("http-action", step("GET", "{\"id\": 1}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a GET has no body: write the method, or what is asked for in the query");
        assertThat(service.requests()).containsExactly("");
    }

    private static void call(String method, String body) {
        steps.call("http-action", step(method, body), "a");
    }

    private static Map<String, String> step(String method, String body) {
        return Map.of("service", "thing", "path", "/x", "query", "q=1+1", "method", method, "body", body);
    }
}
