package io.feedhub.console.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestOperations;

/**
 * This hub as the provider knows it. The provider is asked for its addresses when the first person signs in, and not when the
 * hub starts: it may be away. Anybody can begin a sign-in, so one asks it at a time, and after a failure nobody does for a
 * while. Thread-safe.
 */
final class OidcClient implements ClientRegistrationRepository {
    static final String ID = "oidc";

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Oidc oidc;
    private final RestOperations http;
    private final Clock clock;
    private final Semaphore asking = new Semaphore(1);
    private volatile @Nullable ClientRegistration known;
    private volatile Instant notBefore = Instant.MIN;

    OidcClient(Oidc oidc, RestOperations http, Clock clock) {
        this.oidc = oidc;
        this.http = http;
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when what answers is another provider than the one that is configured
     * @throws org.springframework.web.client.RestClientException when it does not answer
     * @throws Busy when it has not answered a moment ago, or is being asked
     */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID)) {
            return null;
        }
        ClientRegistration found = known;
        return found == null ? ask() : found;
    }

    private ClientRegistration ask() {
        if (clock.instant().isBefore(notBefore) || !asking.tryAcquire()) {
            throw new Busy();
        }
        try {
            ClientRegistration found = registration(discovered());
            known = found;
            return found;
        } catch (RuntimeException e) {
            notBefore = clock.instant().plus(PAUSE);
            throw e;
        } finally {
            asking.release();
        }
    }

    private Map<String, Object> discovered() {
        String address = oidc.issuer().replaceFirst("/$", "") + DISCOVERY;
        Map<String, Object> said = http.exchange(
                        address, HttpMethod.GET, null, new ParameterizedTypeReference<Map<String, Object>>() {})
                .getBody();
        if (said == null || !oidc.issuer().equals(said.get("issuer"))) {
            throw new IllegalStateException("the provider calls itself " + (said == null ? null : said.get("issuer"))
                    + ", not " + oidc.issuer());
        }
        return said;
    }

    private ClientRegistration registration(Map<String, Object> said) {
        ClientRegistration.Builder client = ClientRegistrations.fromOidcConfiguration(said)
                .registrationId(ID)
                .clientId(oidc.clientId())
                .clientSecret(oidc.clientSecret())
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .scope(scopes())
                .redirectUri((oidc.address().isEmpty() ? "{baseUrl}" : oidc.address()) + SingleSignOn.BACK);
        return oidc.clientSecret().isEmpty()
                ? client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : client.build();
    }

    private Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>(List.of("openid"));
        scopes.addAll(oidc.scopes());
        return scopes;
    }

    /** The provider is not asked now. */
    static final class Busy extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("the provider is not asked again within " + PAUSE.toSeconds() + " s, nor by two at once");
        }
    }
}
