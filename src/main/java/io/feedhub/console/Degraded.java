package io.feedhub.console;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;

/** One entry in health for each thing that is in trouble, and none for the others. They degrade the hub; they do not down it. */
abstract class Degraded implements CompositeHealthContributor {

    /** What is in trouble now, by name. */
    abstract Map<String, Health> troubled();

    static Health.Builder because(String reason) {
        return Health.status("DEGRADED").withDetail("reason", reason);
    }

    @Override
    public final @Nullable HealthContributor getContributor(String name) {
        Health health = troubled().get(name);
        return health == null ? null : (HealthIndicator) () -> health;
    }

    @Override
    public final Iterator<NamedContributor<HealthContributor>> iterator() {
        return troubled().entrySet().stream()
                .map(entry -> NamedContributor.<HealthContributor>of(entry.getKey(), (HealthIndicator) entry::getValue))
                .iterator();
    }
}
