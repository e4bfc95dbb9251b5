package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check lets pass is what the schedule takes when the flow starts. */
class TermsRuleTest {
    private static final String FLOW =
            """
            - route:
                id: f
                routeProperty: [ { key: timeLimit, value: "%s" } ]
                from: { uri: "direct:f", steps: [] }
            """;

    @ParameterizedTest
    @CsvSource({
        "1ms, true",
        "90s, true",
        "007m, true",
        "9999d, true",
        "863913600s, true",
        "863913601s, false",
        "999999999s, false",
        "99999999h, false",
        "10000d, false",
        "9223372036854775807d, false",
        "99999999999999999999d, false",
        "PT10M, true",
        "PT0S, false",
        "-5s, false",
        "0s, false",
        "5, true",
        "5w, false",
        "soon, false",
        "'', false"
    })
    void aDurationHasTheSameVerdictInTheCheckAndInTheSchedule(String value, boolean good) throws Exception {
        FlowTree tree = FlowTree.of(new FlowFile("routes/operations/f.yaml", FLOW.formatted(value)));
        assertThat(new TermsRule().check(tree).isEmpty()).isEqualTo(good);
        assertThat(isTaken(value)).isEqualTo(good);
    }

    /** Flows and schedule know nothing of each other, so neither shows the other its rule. */
    private static boolean isTaken(String value) throws ReflectiveOperationException {
        Method of = Class.forName("io.feedhub.schedule.Terms").getDeclaredMethod("of", RouteDefinition.class);
        of.setAccessible(true);
        try {
            of.invoke(null, new RouteDefinition().routeProperty("timeLimit", value));
            return true;
        } catch (InvocationTargetException e) {
            assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
            return false;
        }
    }
}
