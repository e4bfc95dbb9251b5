package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatPulseTest extends FlowTest {
    HeartbeatPulseTest() {
        super("routes/infrastructure/heartbeat_pulse.yaml");
    }

    @Test
    void saysOnlyWhatChanged() {
        assertThat(hub().run("heartbeat_pulse")).isEqualTo("done");
        world().service("gateway", "down");
        hub().run("heartbeat_pulse");
        hub().run("heartbeat_pulse");
        world().service("gateway", "healthy");
        hub().run("heartbeat_pulse");
        assertThat(headlines("infra")).containsExactly("gateway is down", "gateway is healthy");
        assertThat(hub().count("select count(*) from service_health")).isEqualTo(8);
    }

    @Test
    void numuDownFailsTheRunAndIsSaidAfterThreeBeats() {
        world().breakDown("numu");
        for (int beat = 1; beat <= 4; beat++) {
            assertThat(hub().run("heartbeat_pulse")).isEqualTo("failed");
        }
        assertThat(headlines("infra")).containsExactly("NUMU has not answered for 3 beats");
        world().restore("numu");
        assertThat(hub().run("heartbeat_pulse")).isEqualTo("done");
        assertThat(hub().count("select count(*) from feedhub.state where flow = 'heartbeat_pulse'"))
                .isZero();
    }
}
