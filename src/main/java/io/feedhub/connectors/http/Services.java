package io.feedhub.connectors.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outside services by name.
 *
 * @param services what {@code feedhub.services} lists
 */
@ConfigurationProperties("feedhub")
record Services(@DefaultValue Map<String, Service> services) {

    /**
     * The service of that name.
     *
     * @throws ServiceRefused when it has no usable address
     */
    Service get(String name) {
        Service service = services.get(name);
        if (service == null || service.url() == null || service.url().isBlank()) {
            throw new ServiceRefused(name + " is not configured: feedhub.services." + name + ".url");
        }
        return service;
    }

    /** The hosts that were configured, in lower case: they may be on this machine or in a private network. */
    Set<String> hosts() {
        return services.values().stream()
                .filter(service -> service.url() != null && !service.url().isBlank())
                .map(service -> URI.create(service.url()).getHost())
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param url base address
     * @param token sent in {@code header}, or as {@code Authorization: Bearer} when there is no header; null for none
     * @param header the header that carries the token
     * @param oauth where tokens come from that last an hour; null when {@code token} is all there is
     * @param timeout until the answer is complete
     * @param pause how long it is left alone when half of its last ten calls failed; zero for never
     */
    record Service(
            @Nullable String url,
            @Nullable String token,
            @Nullable String header,
            @Nullable OAuth oauth,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("15s") Duration pause) {

        @Override
        public String toString() {
            return "Service[***]";
        }
    }

    /**
     * Google's two ways to a token: a refresh token of a person, or the key of a service account.
     *
     * @param url where tokens are given
     * @param scope what is asked for, with a service account
     * @param serviceAccount the key file's JSON
     */
    record OAuth(
            @DefaultValue("https://oauth2.googleapis.com/token") String url,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable String refreshToken,
            @Nullable String scope,
            @Nullable String serviceAccount) {

        @Override
        public String toString() {
            return "OAuth[***]";
        }
    }
}
