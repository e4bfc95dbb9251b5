package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.AnswerTooLong;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dataset is read whatever the length of its items, in pages that the hub can take. */
class ApifyPagesTest {
    private static final String RUN =
            "{\"data\": {\"id\": \"r\", \"status\": \"SUCCEEDED\", \"defaultDatasetId\": \"d\"}}";
    private static final String TOO_LONG = "[\"" + "x".repeat(9 << 20) + "\"]";

    private static Scripted apify;
    private static Steps steps;

    @BeforeAll
    static void start() throws IOException {
        apify = new Scripted();
        steps = new Steps(Map.of("feedhub.services.apify.url", apify.url()));
    }

    @AfterAll
    static void stop() {
        steps.close();
        apify.close();
    }

    @BeforeEach
    void forget() {
        steps.hub()
                .database()
                .sql("truncate feedhub.apify_run, feedhub.apify_read")
                .update();
    }

    @Test
    void aPageThatIsTooLongIsAskedForInHalvesAndSoAreThoseAfterIt() {
        apify.script(200, RUN, TOO_LONG, TOO_LONG, "[1, 2]", "[3, 4]", "[5, 6]", "[7, 8]", "[9]");
        assertThat(steps.call("apify-action", items(9))).isEqualTo(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(apify.targets().subList(1, 8))
                .extracting(target -> target.replaceAll(".*clean=1&", ""))
                .containsExactly(
                        "offset=0&limit=9",
                        "offset=0&limit=4",
                        "offset=0&limit=2",
                        "offset=2&limit=2",
                        "offset=4&limit=2",
                        "offset=6&limit=2",
                        "offset=8&limit=1");
    }

    /** Nor is Apify left alone for it, which did answer. */
    @Test
    void anItemThatIsTooLongByItselfFailsTheStep() {
        for (int call = 0; call < 2; call++) {
            apify.script(200, RUN, TOO_LONG);
            assertThat(steps.failure("apify-action", items(250)))
                    .isInstanceOf(AnswerTooLong.class)
                    .hasMessage("apify /v2/datasets/d/items: the answer is longer than 8 MiB");
            assertThat(apify.targets()).hasSize(1 + 8).last().asString().endsWith("offset=0&limit=1");
        }
    }

    private static Map<String, String> items(int most) {
        return Map.of("actor", "a~long", "maxItems", String.valueOf(most));
    }
}
