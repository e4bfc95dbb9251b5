package io.feedhub.console.health;

import io.feedhub.flows.Flows;
import io.feedhub.flows.check.Finding;
import io.feedhub.schedule.Occurrences;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/** One entry in health for each flow that is refused, or whose last run failed. */
@Component("flowsHealthContributor")
final class FlowsHealth extends Degraded {
    private final Flows flows;
    private final Occurrences occurrences;

    FlowsHealth(Flows flows, Occurrences occurrences) {
        this.flows = flows;
        this.occurrences = occurrences;
    }

    /** Only what is refused while the database is away, which health has an entry of its own for. */
    @Override
    Map<String, Health> troubled() {
        Map<String, Health> troubled = new LinkedHashMap<>();
        try {
            occurrences.failing().forEach(run -> troubled.put(run.flow(), trouble(run.error())));
        } catch (DataAccessResourceFailureException e) {
            // its own entry says so
        }
        flows.problems().forEach((file, findings) -> troubled.put(file, trouble(findings.get(0))));
        return troubled;
    }

    private static Health trouble(@Nullable Object reason) {
        String text = reason instanceof Finding finding ? "refused: " + finding : "failing: " + reason;
        return because(text).build();
    }
}
