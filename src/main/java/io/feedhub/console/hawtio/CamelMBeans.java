package io.feedhub.console.hawtio;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import javax.management.DynamicMBean;
import javax.management.MBeanServer;
import javax.management.NotCompliantMBeanException;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has Camel register its MBeans by way of {@link SharedMBeanInfo}, and at once. Camel tries each of its objects as a plain
 * MBean first, which it never is, and the JDK looks long before it says so: five times for each flow.
 */
@Component
final class CamelMBeans implements CamelContextConfiguration {
    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension().setManagementMBeanAssembler(new SharedMBeanInfo(context));
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        if (agent != null) { // there is none where JMX is off
            agent.setMBeanServer(knowing(ManagementFactory.getPlatformMBeanServer()));
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // the agent takes both when it begins
    }

    /** The server, but for what it would refuse after a long look. */
    private static MBeanServer knowing(MBeanServer server) {
        return (MBeanServer) Proxy.newProxyInstance(
                CamelMBeans.class.getClassLoader(),
                new Class<?>[] {MBeanServer.class},
                (proxy, method, arguments) -> call(server, method, arguments));
    }

    private static @Nullable Object call(MBeanServer server, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("registerMBean") && arguments != null && isDescribed(arguments[0])) {
            throw new Described();
        }
        try {
            return method.invoke(server, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isDescribed(Object mbean) {
        return !(mbean instanceof DynamicMBean) && mbean.getClass().isAnnotationPresent(ManagedResource.class);
    }

    /** What the server would say after all; without a trace, which nobody reads. */
    private static final class Described extends NotCompliantMBeanException {
        private static final long serialVersionUID = 1L;

        Described() {
            super("annotations describe it, so it is assembled first");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
