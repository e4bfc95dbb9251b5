package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

class TermsTest {

    @Test
    void aRouteThatSaysNothingHasTheDefaults() {
        assertThat(Terms.of(new RouteDefinition())).isEqualTo(Terms.DEFAULT);
    }

    @Test
    void everyPropertyIsRead() {
        Terms terms = Terms.of(new RouteDefinition()
                .routeProperty("catchUp", "all")
                .routeProperty("overlap", "queue")
                .routeProperty("timeLimit", "10m")
                .routeProperty("rerun", "false")
                .routeProperty("silence", "6h")
                .routeProperty("runsOn", "vault")
                .routeProperty("somebody.else", "x"));
        assertThat(terms)
                .isEqualTo(new Terms(
                        Terms.CatchUp.ALL,
                        Terms.Overlap.QUEUE,
                        Duration.ofMinutes(10),
                        false,
                        Duration.ofHours(6),
                        "vault"));
    }

    @Test
    void aWrongNameOrValueSaysWhatToWrite() {
        refuses("catchup", "all", "unknown routeProperty catchup; write one of: catchUp");
        refuses("catchUp", "each", "routeProperty catchUp is each; write one of: skip, once, all");
        refuses("timeLimit", "soon", "timeLimit is soon; write a duration above zero, such as 90s");
        refuses("timeLimit", "0s", "timeLimit is 0s; write a duration above zero, such as 90s");
        refuses("silence", "200000000d", "at most 9999d");
        refuses("rerun", "no", "write one of: true, false");
    }

    private static void refuses(String name, String value, String message) {
        assertThatThrownBy(() -> Terms.of(new RouteDefinition().routeProperty(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
