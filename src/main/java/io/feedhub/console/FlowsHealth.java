package io.feedhub.console;

import io.feedhub.flows.Flows;
import io.feedhub.flows.check.Finding;
import io.feedhub.schedule.Occurrences;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/** One entry in health for each flow that is refused, or whose last run failed. They degrade the hub; they do not down it. */
@Component("flowsHealthContributor")
final class FlowsHealth implements CompositeHealthContributor {
    private static final String DEGRADED = "DEGRADED";

    private final Flows flows;
    private final Occurrences occurrences;

    FlowsHealth(Flows flows, Occurrences occurrences) {
        this.flows = flows;
        this.occurrences = occurrences;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        Health health = troubled().get(name);
        return health == null ? null : (HealthIndicator) () -> health;
    }

    @Override
    public Iterator<NamedContributor<HealthContributor>> iterator() {
        return troubled().entrySet().stream()
                .map(entry -> NamedContributor.<HealthContributor>of(entry.getKey(), (HealthIndicator) entry::getValue))
                .iterator();
    }

    /** Only what is refused while the database is away, which health has an entry of its own for. */
    private Map<String, Health> troubled() {
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
        return Health.status(DEGRADED).withDetail("reason", text).build();
    }
}
