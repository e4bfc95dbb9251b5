package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    @Test
    void whatTheHubWroteItselfIsOfNoFlow() {
        assertThat(by(Origin.hub("ops").by().flow()).isOfHub()).isTrue();
        assertThat(by("heartbeat_pulse").isOfHub()).isFalse();
    }

    @Test
    void itsJsonHasWhatItConsistsOfAndNoMore() {
        JsonMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        assertThat(json.valueToTree(by("heartbeat_pulse")).size())
                .isEqualTo(Delivery.class.getRecordComponents().length);
    }

    private static Delivery by(String flow) {
        return new Delivery(1, flow, null, "ops", "", MessageState.QUEUED, 0, 0, null, null, Instant.EPOCH);
    }
}
