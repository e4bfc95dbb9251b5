package io.feedhub.console.health;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;

/**
 * One entry in health for each thing that is in trouble, and none for the others. They degrade the hub; they do not down it.
 * Health is open to everybody, so what is in trouble is asked once a second. Thread-safe.
 */
abstract class Degraded implements CompositeHealthContributor {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private @Nullable Map<String, Health> kept;
    private long keptAt;

    /** What is in trouble now, by name. */
    abstract Map<String, Health> troubled();

    private synchronized Map<String, Health> recent() {
        Map<String, Health> recent = kept;
        if (recent == null || System.nanoTime() - keptAt > FRESH) {
            recent = troubled();
            kept = recent;
            keptAt = System.nanoTime(); // those who waited for the answer have it as well
        }
        return recent;
    }

    static Health.Builder because(String reason) {
        return Health.status("DEGRADED").withDetail("reason", reason);
    }

    @Override
    public final @Nullable HealthContributor getContributor(String name) {
        Health health = recent().get(name);
        return health == null ? null : (HealthIndicator) () -> health;
    }

    @Override
    public final Iterator<NamedContributor<HealthContributor>> iterator() {
        return recent().entrySet().stream()
                .map(entry -> NamedContributor.<HealthContributor>of(entry.getKey(), (HealthIndicator) entry::getValue))
                .iterator();
    }
}
