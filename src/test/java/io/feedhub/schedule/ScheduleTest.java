package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operating guide says of time zones and of the two days on which a clock is changed. */
class ScheduleTest {
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void withoutAZoneAScheduleIsUtc() {
        assertThat(instants(new Schedule("0 0 9 * * ?", Schedule.UTC), "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly("2026-03-28T09:00:00Z", "2026-03-29T09:00:00Z");
    }

    @Test
    void inAZoneAScheduleFollowsTheClocksThere() {
        assertThat(instants(new Schedule("0 0 9 * * ?", BERLIN), "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"))
                .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z");
    }

    @Test
    void aTimeThatTheClocksJumpOverDoesNotComeThatDay() {
        assertThat(instants(new Schedule("0 30 2 * * ?", BERLIN), "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"))
                .containsExactly("2026-03-30T00:30:00Z");
    }

    @Test
    void aTimeThatTheClocksRepeatComesOnceTheSecondTime() {
        assertThat(instants(new Schedule("0 30 2 * * ?", BERLIN), "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
                .containsExactly("2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void everyHourInAZoneLeavesOutTheFirstOfTheTwoRepeatedHours() {
        assertThat(instants(new Schedule("0 0 * * * ?", BERLIN), "2026-10-24T22:30:00Z", "2026-10-25T02:00:00Z"))
                .containsExactly("2026-10-24T23:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void everyHourInUtcIsEveryHour() {
        assertThat(instants(new Schedule("0 0 * * * ?", Schedule.UTC), "2026-10-24T22:30:00Z", "2026-10-25T02:00:00Z"))
                .hasSize(4);
    }

    private static List<String> instants(Schedule schedule, String from, String to) {
        List<String> found = new ArrayList<>();
        Schedule.Instants instants = schedule.instants();
        Optional<Instant> next = instants.after(Instant.parse(from));
        while (next.isPresent() && !next.get().isAfter(Instant.parse(to))) {
            found.add(next.get().toString());
            next = instants.after(next.get());
        }
        return found;
    }
}
