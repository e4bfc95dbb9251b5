package io.feedhub.console.hawtio;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.ModelMBeanInfoSupport;
import javax.management.modelmbean.RequiredModelMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.apache.camel.support.management.NotificationSenderAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Camel's MBeans, with one description for all of a kind. Camel reads a class's annotations anew for each of its MBeans and
 * keeps what it read: 28 kB each, five times for each flow.
 */
final class SharedMBeanInfo extends DefaultManagementMBeanAssembler {
    private final Map<Kind, ModelMBeanInfo> infos = new ConcurrentHashMap<>();
    private final CamelContext context;

    /** What an MBean's description depends on: its class, and that of the component's own object within it. */
    private record Kind(Class<?> outer, @Nullable Class<?> inner) {}

    SharedMBeanInfo(CamelContext context) {
        super(context);
        this.context = context;
    }

    @Override
    public ModelMBean assemble(MBeanServer server, Object managed, ObjectName name) throws JMException {
        Object own = own(managed).orElse(null);
        boolean mask = Boolean.TRUE.equals(
                context.getManagementStrategy().getManagementAgent().getMask());
        RequiredModelMBean bean;
        if (own == null) {
            bean = new MixinRequiredModelMBean(info(managed, null, name), mask, null, null);
        } else {
            ModelMBeanInfo standard = info(managed, null, name);
            RequiredModelMBean camels = new RequiredModelMBean(standard);
            stand(camels, managed);
            bean = new MixinRequiredModelMBean(info(managed, own, name), mask, standard, camels);
        }
        Object target = own == null ? managed : own;
        stand(bean, target);
        if (target instanceof NotificationSenderAware sender) {
            sender.setNotificationSender(new NotificationSenderAdapter(bean));
        }
        return bean;
    }

    private static Optional<Object> own(Object managed) {
        return managed instanceof ManagedInstance outer
                ? Optional.ofNullable(outer.getInstance())
                        .filter(inner -> inner.getClass().isAnnotationPresent(ManagedResource.class))
                : Optional.empty();
    }

    private ModelMBeanInfo info(Object managed, @Nullable Object own, ObjectName name) throws JMException {
        Kind kind = new Kind(managed.getClass(), own == null ? null : own.getClass());
        ModelMBeanInfo known = infos.get(kind);
        if (known == null) {
            known = new Shared(Objects.requireNonNull(assembler.getMBeanInfo(context, managed, own, name.toString())));
            infos.put(kind, known);
        }
        return known;
    }

    private static void stand(RequiredModelMBean bean, Object target) throws JMException {
        try {
            bean.setManagedResource(target, "ObjectReference");
        } catch (InvalidTargetObjectTypeException e) {
            throw new IllegalStateException("a plain reference is a resource", e);
        }
    }

    /** An info that nobody changes, and so need not be copied for each MBean and each question. */
    private static final class Shared extends ModelMBeanInfoSupport {
        private static final long serialVersionUID = 1L;

        Shared(ModelMBeanInfo info) {
            super(info);
        }

        @Override
        public Object clone() {
            return this;
        }

        /** Whoever asks from afar has no such class. */
        private Object writeReplace() {
            return new ModelMBeanInfoSupport(this);
        }
    }
}
