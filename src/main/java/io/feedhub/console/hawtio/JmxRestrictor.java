package io.feedhub.console.hawtio;

import io.feedhub.console.identity.Role;
import java.util.Optional;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Jolokia's doorkeeper: asks the policy about whoever is signed in on this thread. */
final class JmxRestrictor implements Restrictor {
    private static final Set<RequestType> TYPES =
            Set.of(RequestType.READ, RequestType.EXEC, RequestType.LIST, RequestType.SEARCH, RequestType.VERSION);

    private final JmxPolicy policy;

    JmxRestrictor(JmxPolicy policy) {
        this.policy = policy;
    }

    /** Only POST: a link on another site can make a browser send a GET. */
    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return method == HttpMethod.POST;
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
        return may(policy.read(bean, attribute));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName bean, String operation) {
        return may(policy.operation(bean, operation));
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true; // whoever comes here is signed in
    }

    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrict) {
        return onlyWhenStrict; // no answer for pages of other origins; SameOrigin has refused their changes
    }

    @Override
    public boolean isObjectNameHidden(ObjectName bean) {
        return role().filter(role -> policy.shows(bean, role)).isEmpty();
    }

    private static boolean may(Optional<Role> lowest) {
        return lowest.flatMap(needed -> role().filter(role -> role.includes(needed)))
                .isPresent();
    }

    private static Optional<Role> role() {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        return signedIn == null ? Optional.empty() : Role.of(signedIn);
    }
}
