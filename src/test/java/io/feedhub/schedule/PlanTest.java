package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is worth telling the database of a flow's instants. */
class PlanTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Plan plan = new Plan("flow", "test", NOON);

    @BeforeEach
    void aFlowOfEveryHour() {
        plan.follow(Terms.DEFAULT, new Schedule("0 0 * * * ?", Schedule.UTC));
        plan.register(NOON);
    }

    @Test
    void timeThatPassesWithoutAnInstantIsNoNews() {
        plan.unsettled(NOON.plus(Duration.ofMinutes(50)));
        plan.settleUntil(NOON.plus(Duration.ofMinutes(50)));
        assertThat(plan.news()).isEmpty();
    }

    @Test
    void anInstantThatWasClaimedIsNewsUntilItIsWrittenDown() {
        Instant one = NOON.plus(Duration.ofHours(1));
        plan.settle(one, NOON);
        assertThat(plan.news()).map(Plan.Note::until).contains(one);
        plan.noted(one);
        assertThat(plan.news()).isEmpty();
    }

    @Test
    void aGapThatWasFilledIsNewsAsSoonAsItsInstantsAreSettled() {
        Instant later = NOON.plus(Duration.ofMinutes(90));
        assertThat(plan.unsettled(later)).hasSize(1);
        plan.noted(plan.news().orElseThrow().until()); // its row is not written yet, so the note is older than it
        plan.settleUntil(later);
        assertThat(plan.news()).map(Plan.Note::until).contains(later);
    }
}
