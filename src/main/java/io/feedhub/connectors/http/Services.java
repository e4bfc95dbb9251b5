package io.feedhub.connectors.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** Addresses, names without a dot, and the names that home and office networks give. */
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("\\[.*]|[0-9.]+|[^.]+|.*\\.(local|localhost|internal|lan|home\\.arpa)");

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

    /** The hosts that may be on this machine or in a private network: by their names, or because the operator says so. */
    Set<String> privateHosts() {
        return services.values().stream()
                .flatMap(service -> Stream.of(
                                service.url(),
                                service.oauth() == null ? null : service.oauth().url())
                        .filter(url -> url != null && !url.isBlank())
                        .map(url -> String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT))
                        .filter(host -> service.privateNetwork()
                                || PRIVATE_NAME.matcher(host).matches()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param url base address
     * @param token sent in {@code header}, or as {@code Authorization: Bearer} when there is no header; null for none
     * @param header the header that carries the token
     * @param oauth where tokens come from that last an hour; null when {@code token} is all there is
     * @param privateNetwork whether its name leads into a private network, though it does not look so
     * @param timeout how long a free connection is waited for, and from then on the complete answer
     * @param pause how long it is left alone when half of its last ten calls failed; zero for never
     */
    record Service(
            @Nullable String url,
            @Nullable String token,
            @Nullable String header,
            @Nullable OAuth oauth,
            @DefaultValue("false") boolean privateNetwork,
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
