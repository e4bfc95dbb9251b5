package io.feedhub.console.hawtio;

import io.feedhub.console.audit.Audit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.request.JolokiaExecRequest;
import org.jolokia.server.core.request.JolokiaObjectNameRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.request.JolokiaWriteRequest;
import org.jolokia.server.core.request.NotChangedException;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.service.request.AbstractRequestHandler;
import org.jolokia.server.core.service.request.RequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is changed by JMX on record, as {@link Audit} does for the rest: a route that is stopped in Hawtio, and what was
 * refused there; and ends a request whose answers are too long. Stands before Jolokia's own handler and leaves the work to it.
 */
final class JmxActions extends AbstractRequestHandler {
    private static final int BEFORE_THE_WORK = 500;

    private final JmxPolicy policy;
    private final Restrictor restrictor;
    private final Audit audit;
    private final JmxBudget budget;

    JmxActions(JmxPolicy policy, Restrictor restrictor, Audit audit, JmxBudget budget) {
        super("jmx", BEFORE_THE_WORK);
        this.policy = policy;
        this.restrictor = restrictor;
        this.audit = audit;
        this.budget = budget;
    }

    @Override
    public boolean canHandle(JolokiaRequest request) {
        return budget.isSpent()
                || isForeign(request)
                || request instanceof JolokiaWriteRequest
                || (request instanceof JolokiaExecRequest exec
                        && policy.changes(exec.getObjectName(), exec.getOperation()));
    }

    @Override
    public <R extends JolokiaRequest> @Nullable Object handleRequest(R request, @Nullable Object previous)
            throws IOException, JMException, NotChangedException, BadRequestException, EmptyResponseException {
        if (budget.isSpent()) {
            throw new BadRequestException("the answers are too long for one request; ask for less at once");
        }
        if (isForeign(request)) {
            audit.refused("jmx." + request.getType().getName(), "jolokia", "neither other machines nor subscriptions");
            throw new SecurityException("this hub asks no other machine and sends no notifications");
        }
        ObjectName bean = ((JolokiaObjectNameRequest) request).getObjectName();
        String subject = subject(bean);
        String action = action(request);
        boolean allowed =
                request instanceof JolokiaExecRequest exec && restrictor.isOperationAllowed(bean, exec.getOperation());
        if (!allowed) {
            audit.refused(action, subject, "the JMX policy does not allow this");
            throw new SecurityException(action + " on " + bean + " is not allowed; see hawtio/jmx-policy.txt");
        }
        return audit.record(
                action, subject, () -> state(bean), () -> unchecked(() -> next().handleRequest(request, previous)));
    }

    /** Meant for another machine, or of a kind that the restrictor is not asked about. */
    private boolean isForeign(JolokiaRequest request) {
        return request.getOption("targetId") != null || !restrictor.isTypeAllowed(request.getType());
    }

    private RequestHandler next() {
        return getJolokiaContext().getServices(RequestHandler.class).stream()
                .filter(handler -> handler.getOrder() > getOrder())
                .findFirst()
                .orElseThrow();
    }

    private static String action(JolokiaRequest request) {
        return request instanceof JolokiaExecRequest exec
                ? "jmx." + JmxPolicy.bare(exec.getOperation())
                : "jmx.write." + ((JolokiaWriteRequest) request).getAttributeName();
    }

    /** A route's id, where it is one; the MBean's whole name otherwise. */
    private static String subject(ObjectName bean) {
        String name = bean.getKeyProperty("name");
        return "routes".equals(bean.getKeyProperty("type")) && name != null && name.startsWith("\"")
                ? ObjectName.unquote(name)
                : bean.getCanonicalName();
    }

    private static @Nullable Object state(ObjectName bean) {
        try {
            Object state = ManagementFactory.getPlatformMBeanServer().getAttribute(bean, "State");
            return Map.of("state", String.valueOf(state));
        } catch (JMException e) {
            return null; // what has no state has none to remember
        }
    }

    private static @Nullable Object unchecked(Callable<@Nullable Object> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // JMX and Jolokia have several; Jolokia answers each alike
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
