package io.feedhub.console;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * hub starts: it may be away. Thread-safe.
 */
final class OidcClient implements ClientRegistrationRepository {
    static final String ID = "oidc";

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final Oidc oidc;
    private final RestOperations http;
    private volatile @Nullable ClientRegistration known;

    OidcClient(Oidc oidc, RestOperations http) {
        this.oidc = oidc;
        this.http = http;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when what answers is another provider than the one that is configured
     * @throws org.springframework.web.client.RestClientException when it does not answer
     */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        if (!id.equals(ID)) {
            return null;
        }
        ClientRegistration found = known;
        if (found == null) {
            found = registration(discovered());
            known = found;
        }
        return found;
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
}
