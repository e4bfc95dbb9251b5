package io.feedhub.connectors.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    /** The service at an address; the longest matching base wins, so a token goes only where it belongs. */
    Optional<Service> at(URI address) {
        return services.values().stream()
                .filter(service -> service.covers(address))
                .max((a, b) -> Integer.compare(a.urlLength(), b.urlLength()));
    }

    /**
     * @param url base address
     * @param token sent in {@code header}, or as {@code Authorization: Bearer} when there is no header; null for none
     * @param header the header that carries the token
     * @param timeout until the answer begins
     */
    record Service(
            @Nullable String url,
            @Nullable String token,
            @Nullable String header,
            @DefaultValue("10s") Duration timeout) {

        boolean covers(URI address) {
            if (url == null || url.isBlank()) {
                return false;
            }
            URI base = URI.create(url);
            return base.getScheme().equalsIgnoreCase(address.getScheme())
                    && base.getHost().equalsIgnoreCase(address.getHost())
                    && base.getPort() == address.getPort()
                    && address.getPath().startsWith(base.getPath());
        }

        int urlLength() {
            return url == null ? 0 : url.length();
        }

        boolean hasToken() {
            return token != null && !token.isBlank();
        }
    }
}
