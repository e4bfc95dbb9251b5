package io.feedhub.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Puts a service's token on a request as it leaves, so that it is in no route, exchange, log or JMX. Thread-safe. */
@Component
final class Tokens {
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Wire wire;
    private final Clock clock;
    private final Map<String, Lent> lent = new ConcurrentHashMap<>();

    Tokens(Wire wire, Clock clock) {
        this.wire = wire;
        this.clock = clock;
    }

    /**
     * Adds the header that the service wants, if any.
     *
     * @throws NotSent when a token that lasts an hour cannot be had now
     */
    void sign(Call call, Services.Service service) throws IOException {
        if (service.oauth() != null) {
            call.header("Authorization", "Bearer " + borrowed(call.service(), service.oauth()));
        } else if (service.token() != null && !service.token().isBlank()) {
            String header = service.header() == null ? "" : service.header();
            if (header.isBlank()) {
                call.header("Authorization", "Bearer " + service.token());
            } else {
                call.header(header, service.token());
            }
        }
    }

    /** Forgets a token that the service no longer takes. */
    void forget(String service) {
        lent.remove(service);
    }

    private String borrowed(String name, Services.OAuth oauth) throws IOException {
        Lent held = lent.get(name);
        if (held == null || !clock.instant().isBefore(held.until())) {
            held = borrow(name, oauth);
            lent.put(name, held);
        }
        return held.token();
    }

    private Lent borrow(String name, Services.OAuth oauth) throws IOException {
        byte[] form = TokenRequest.form(oauth, clock.instant()).getBytes(StandardCharsets.UTF_8);
        Call call = Call.of(name, "POST", "(its token)").body(form, "application/x-www-form-urlencoded");
        JsonNode answer = ask(call, oauth);
        Duration lasts =
                Duration.ofSeconds(answer.path("expires_in").asLong(3600)).minus(MARGIN);
        return new Lent(answer.path("access_token").asText(), clock.instant().plus(lasts));
    }

    private JsonNode ask(Call call, Services.OAuth oauth) throws NotSent {
        try {
            return wire.exchange(URI.create(oauth.url()), call, LIMIT).require().json();
        } catch (IOException e) {
            throw new NotSent(call.service() + " got no token"); // the client's own words hold the address
        }
    }

    private record Lent(String token, Instant until) {
        @Override
        public String toString() {
            return "Lent[***]";
        }
    }
}
