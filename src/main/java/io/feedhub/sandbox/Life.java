package io.feedhub.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the world move. One call is one minute of the sandbox's time; the same seed lives the same life. */
final class Life {
    private static final int OUTAGE = 22;

    private final World world;
    private final Random random;
    private int minute;

    Life(World world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** A service fails now and then for long enough to be noticed; a post appears every few minutes. */
    void minute() {
        List<String> names = new ArrayList<>(world.services().keySet());
        String weak = names.get((minute / 40 * 3 + 1) % names.size());
        if (minute % 40 == 0) {
            world.service(weak, minute % 80 == 0 ? "down" : "degraded");
        }
        if (minute % 40 == OUTAGE) {
            world.service(weak, "healthy");
        }
        if (minute % 100 == 70) {
            world.outage("numu", true);
        }
        if (minute % 100 == 82) {
            world.outage("numu", false);
        }
        if (random.nextInt(9) == 0) {
            world.post();
        }
        if (minute % 25 == 10) {
            world.noosphere()
                    .dream("d-" + (minute / 25 % 40 + 4), Phrases.of(minute).text());
        }
        if (minute % 60 == 30) {
            world.noosphere().add(Phrases.of(minute / 7).text());
            world.upload();
        }
        if (minute % 15 == 14) {
            world.task("Task " + minute, random.nextBoolean() ? "running" : "pending");
        }
        minute++;
    }
}
