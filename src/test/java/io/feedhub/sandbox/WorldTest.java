package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = new World(Clock.systemUTC());

    @Test
    void whatWasSetByHandOutlastsWhatLifeDoes() {
        world.fault("numu", Fault.SLOW);
        world.outage("numu", true);
        assertThat(world.fault("numu")).isEqualTo(Fault.SLOW);
        world.outage("numu", false);
        assertThat(world.fault("numu")).isEqualTo(Fault.SLOW);
        world.restore("numu");
        assertThat(world.fault("numu")).isNull();
    }

    @Test
    void anOutageIsEndedByHandToo() {
        world.outage("numu", true);
        assertThat(world.fault("numu")).isEqualTo(Fault.DOWN);
        world.restore("numu");
        assertThat(world.fault("numu")).isNull();
    }
}
