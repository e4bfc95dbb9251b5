package io.feedhub.flows;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.jspecify.annotations.Nullable;

/**
 * The hub's beans, lent to a rehearsal. Components and loaders are not lent: they belong to one context. A bean that is told
 * its context is told the right one again at the end.
 */
final class LentBeans implements BeanRepository, AutoCloseable {
    private final BeanRepository beans;
    private final Set<String> withheld;
    private final Map<CamelContextAware, @Nullable CamelContext> lent = new ConcurrentHashMap<>();

    /**
     * @param beans what the hub has
     * @param withheld names that are not lent, since they are about to go or to be something else
     */
    LentBeans(BeanRepository beans, Set<String> withheld) {
        this.beans = beans;
        this.withheld = withheld;
    }

    @Override
    public @Nullable Object lookupByName(String name) {
        return withheld.contains(name) ? null : lend(beans.lookupByName(name));
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        return withheld.contains(name) || isOfOneContext(type) ? null : lend(beans.lookupByNameAndType(name, type));
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        if (isOfOneContext(type)) {
            return Map.of();
        }
        Map<String, T> found = new HashMap<>(beans.findByTypeWithName(type));
        found.keySet().removeAll(withheld);
        found.values().forEach(this::lend);
        return found;
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.copyOf(findByTypeWithName(type).values());
    }

    private <T> @Nullable T lend(@Nullable T bean) {
        if (bean != null && isOfOneContext(bean.getClass())) {
            return null;
        }
        if (bean instanceof CamelContextAware aware && aware.getCamelContext() != null) {
            lent.putIfAbsent(aware, aware.getCamelContext());
        }
        return bean;
    }

    private static boolean isOfOneContext(Class<?> type) {
        return Component.class.isAssignableFrom(type) || RoutesBuilderLoader.class.isAssignableFrom(type);
    }

    @Override
    public void close() {
        lent.forEach(CamelContextAware::setCamelContext);
    }
}
