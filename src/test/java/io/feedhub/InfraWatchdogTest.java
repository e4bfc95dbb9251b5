package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InfraWatchdogTest extends FlowTest {

    @Test
    void alertsAfterThreeBadChecksAndResolvesAfterTwoGoodOnes() {
        world().service("gateway", "down");
        times(2);
        assertThat(headlines("alerts")).isEmpty();
        times(2);
        assertThat(headlines("alerts")).containsExactly("gateway is down for 3 checks");
        world().service("gateway", "healthy");
        times(1);
        assertThat(headlines("alerts")).hasSize(1);
        times(2);
        assertThat(headlines("alerts")).containsExactly("gateway is down for 3 checks", "gateway is back");
    }

    @Test
    void repeatsHourly() {
        world().service("gateway", "down");
        times(3);
        hub().database()
                .sql(
                        """
                        update feedhub.state set value =
                        jsonb_set(value, '{gateway,told}', to_jsonb((value #>> '{gateway,told}')::bigint - 3600))""")
                .update();
        times(2);
        assertThat(headlines("alerts")).containsExactly("gateway is down for 3 checks", "gateway is down for 4 checks");
    }

    @Test
    void numuDownIsABadCheckOfNumu() {
        world().breakDown("numu");
        times(3);
        assertThat(headlines("alerts")).containsExactly("numu is down for 3 checks");
    }

    @Test
    void prometheusDownIsABadCheckOfPrometheus() {
        world().breakDown("prometheus");
        times(3);
        assertThat(headlines("alerts")).containsExactly("prometheus is down for 3 checks");
    }

    private void times(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(hub().run("infra_watchdog")).isEqualTo("done");
        }
    }
}
