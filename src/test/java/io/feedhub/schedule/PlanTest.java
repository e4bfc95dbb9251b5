package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node knows of a flow's instants: which have their row, which may be claimed, what is worth telling the database. */
class PlanTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Plan plan = new Plan("flow", "test", NOON);

    @BeforeEach
    void aFlowOfEveryHour() {
        plan.update(Terms.DEFAULT, new Schedule("0 0 * * * ?", Schedule.UTC));
        plan.register(NOON);
    }

    @Test
    void newTermsAreWrittenDownAsANewScheduleIs() {
        plan.update(Terms.DEFAULT, plan.schedule().orElse(null));
        assertThat(plan.isRegistered()).isTrue();
        Terms once = new Terms(Terms.CatchUp.ONCE, Terms.Overlap.SKIP, null, false, null, null);
        plan.update(once, plan.schedule().orElse(null));
        assertThat(plan.isRegistered()).isFalse();
    }

    @Test
    void anInstantOfAPauseStaysOneAfterIt() {
        plan.pause(true, NOON);
        assertThat(plan.wasPausedAt(hour(1))).isTrue();
        plan.pause(false, hour(2));
        assertThat(plan.wasPausedAt(hour(2))).isTrue();
        assertThat(plan.wasPausedAt(hour(3))).isFalse();
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

    @Test
    void instantsThatAreClaimedOutOfOrderAreSettledWhenTheFirstOfThemIs() {
        plan.settle(hour(2), hour(1));
        assertThat(plan.settled()).isEqualTo(NOON);
        assertThat(plan.unsettled(hour(2))).containsExactly(hour(1));
        assertThat(plan.unsettled(hour(2))).as("and it is still open").containsExactly(hour(1));
        assertThat(plan.unsettled(hour(3))).as("and it is still open").containsExactly(hour(1), hour(3));
        plan.settle(hour(1), NOON);
        assertThat(plan.unsettled(hour(2))).isEmpty();
        assertThat(plan.settled()).isEqualTo(hour(2));
    }

    @Test
    void anOldInstantThatIsClaimedLateDoesNotHideANewerOne() {
        plan.settle(hour(3), null);
        plan.noted(hour(2));
        plan.settle(hour(1), NOON);
        assertThat(plan.news()).map(Plan.Note::until).contains(hour(1));
    }

    @Test
    void ofAnOutageOfYearsTheNewestInstantsAreSeen() {
        assertThat(plan.unsettled(hour(Watermark.MOST_INSTANTS + 5)))
                .hasSize(Watermark.MOST_INSTANTS)
                .startsWith(hour(6))
                .endsWith(hour(Watermark.MOST_INSTANTS + 5));
    }

    @Test
    void whereNothingWasFoundTheNextInstantIsFoundWhenItHasCome() {
        assertThat(plan.unsettled(hour(1).minusNanos(1))).isEmpty();
        assertThat(plan.unsettled(hour(1))).containsExactly(hour(1));
    }

    @Test
    void whatIsSettledInOneGoIsNotOpenAndNothingIsSettledBackwards() {
        plan.settle(hour(3), hour(2));
        plan.settleUntil(hour(2));
        assertThat(plan.unsettled(hour(4))).containsExactly(hour(4));
        plan.settleUntil(hour(1));
        assertThat(plan.settled()).isEqualTo(hour(3));
    }

    @Test
    void whatTheDatabaseKnowsOfAFlowGoesBeforeWhatThisNodeRemembers() {
        plan.settle(hour(1), null);
        plan.settle(hour(3), null);
        plan.register(hour(2));
        assertThat(plan.settled()).isEqualTo(hour(2));
        assertThat(plan.unsettled(hour(3))).isEmpty();
    }

    @Test
    void aTickIsForgottenWhenItsInstantIsSettled() {
        plan.register(hour(1));
        assertThat(plan.refuses(hour(1))).isTrue();
        assertThat(plan.refuses(hour(1).plusNanos(1))).isFalse();
    }

    @Test
    void beforeAFlowIsRegisteredItsTicksWait() {
        Plan fresh = new Plan("fresh", "test", NOON);
        fresh.routeStarted(route());
        fresh.pause(true, NOON);
        assertThat(fresh.refuses(NOON)).isFalse();
        assertThat(fresh.isReady()).isFalse();
        fresh.register(NOON);
        assertThat(fresh.isReady()).isTrue();
        assertThat(fresh.refuses(NOON)).isTrue();
    }

    @Test
    void aPausedFlowForgetsItsTicksAndWhenItIsResumedThoseOfThePause() {
        assertThat(plan.pause(true, hour(1))).isTrue();
        assertThat(plan.pause(true, hour(2))).isFalse();
        assertThat(plan.openedAt()).isEqualTo(NOON);
        assertThat(plan.refuses(hour(9))).isTrue();
        assertThat(plan.pause(false, hour(3))).isTrue();
        assertThat(plan.pause(false, hour(4))).isFalse();
        assertThat(plan.refuses(hour(3).minusNanos(1))).isTrue();
        assertThat(plan.refuses(hour(3))).isFalse();
    }

    @Test
    void aNewScheduleIsRegisteredAnewAndTheSameOneIsNot() {
        plan.unsettled(NOON.plus(Duration.ofMinutes(10)));
        plan.update(Terms.DEFAULT, new Schedule("0 0 * * * ?", Schedule.UTC));
        assertThat(plan.isRegistered()).isTrue();
        plan.update(Terms.DEFAULT, new Schedule("0 30 * * * ?", Schedule.UTC));
        assertThat(plan.isRegistered()).isFalse();
        plan.register(NOON.plus(Duration.ofMinutes(10)));
        assertThat(plan.unsettled(NOON.plus(Duration.ofMinutes(30))))
                .containsExactly(NOON.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aScheduleThatWasWrittenDownBeforeAnEditDoesNotRegisterTheOneAfterIt() {
        Plan.FlowTerms old = plan.flowTerms();
        plan.update(Terms.DEFAULT, new Schedule("0 30 * * * ?", Schedule.UTC));
        plan.register(hour(1), old);
        assertThat(plan.isRegistered()).isFalse();
        plan.register(hour(1), plan.flowTerms());
        assertThat(plan.isRegistered()).isTrue();
    }

    @Test
    void termsThatWereWrittenDownBeforeAnEditDoNotStandForThoseAfterIt() {
        Plan.FlowTerms old = plan.flowTerms();
        plan.update(
                new Terms(Terms.CatchUp.ONCE, Terms.Overlap.SKIP, null, false, null, null),
                plan.schedule().orElse(null));
        plan.register(hour(1), old);
        assertThat(plan.isRegistered()).isFalse();
        plan.register(hour(1), plan.flowTerms());
        assertThat(plan.isRegistered()).isTrue();
    }

    @Test
    void whatWasSettledByAnOldScheduleIsNotSaidOfTheNewOne() {
        plan.settle(hour(1), NOON);
        plan.update(Terms.DEFAULT, new Schedule("0 30 * * * ?", Schedule.UTC));
        assertThat(plan.news()).isEmpty();
    }

    @Test
    void aFlowThatLostItsScheduleHasNoInstantsAndNoNews() {
        plan.settle(hour(1), NOON);
        plan.update(Terms.DEFAULT, null);
        plan.register(hour(1));
        assertThat(plan.unsettled(hour(5))).isEmpty();
        assertThat(plan.news()).isEmpty();
    }

    @Test
    void aFlowRestsOnlyWhenTheRouteThatRunsHasStopped() {
        Route old = route();
        Route next = route();
        plan.routeStarted(old);
        plan.routeStarted(next);
        plan.routeStopped(old, hour(1));
        assertThat(plan.route().orElseThrow()).isSameAs(next);
        assertThat(plan.hasBeenStoppedSince(hour(9))).isFalse();
        plan.routeStopped(next, hour(2));
        assertThat(plan.isReady()).isFalse();
        assertThat(List.of(plan.hasBeenStoppedSince(hour(2)), plan.hasBeenStoppedSince(hour(3))))
                .containsExactly(false, true);
    }

    private static Instant hour(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static Route route() {
        return (Route) Proxy.newProxyInstance(
                PlanTest.class.getClassLoader(), new Class<?>[] {Route.class}, (proxy, method, given) -> null);
    }
}
