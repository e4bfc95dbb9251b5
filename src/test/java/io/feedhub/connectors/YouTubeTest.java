package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What YouTube says when it has no list, and what that costs. */
class YouTubeTest {
    private static final Map<String, String> SEARCH = Map.of("resource", "search", "query", "q=calm");

    private static Scripted youtube;
    private static Steps steps;

    @BeforeAll
    static void start() throws IOException {
        youtube = new Scripted();
        steps = new Steps(Map.of("feedhub.services.youtube.url", youtube.url()));
    }

    @AfterAll
    static void stop() {
        steps.close();
        youtube.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aPageOfAProxyIsARefusalWithItsStatus(int status) {
        youtube.script(status, "<html>not here</html>");
        assertThat(steps.failure("youtube-action", Map.of("resource", "videos", "query", "id=a")))
                .isInstanceOf(ServiceRefused.class)
                .hasMessage("youtube /youtube/v3/videos answered " + status);
    }

    @Test
    void whatIsNotSentCostsNothingAndWhatFailsDoes() {
        try (Steps away = new Steps(Map.of("feedhub.services.youtube.url", "http://127.0.0.1:1"))) {
            assertThat(away.failure("youtube-action", SEARCH)).hasMessage("youtube is not reached");
            assertThat(units(away)).isZero();
        }
        youtube.script(500, "{}");
        assertThat(steps.failure("youtube-action", SEARCH)).hasMessage("youtube /youtube/v3/search answered 500");
        assertThat(units(steps)).isEqualTo(1);
    }

    private static long units(Steps steps) {
        return steps.hub().count("select sum(units) from feedhub.quota where name = 'youtube searches'");
    }
}
