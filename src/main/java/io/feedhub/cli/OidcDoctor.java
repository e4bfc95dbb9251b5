package io.feedhub.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.cli.DoctorCommand.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;

/** Asks the provider of single sign-on who it is, where one is configured, and whether it has keys. */
final class OidcDoctor {
    private static final String WHAT = "single sign-on";
    private static final String CHECK = "check FEEDHUB_OIDC_ISSUER";
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final ConfigurableEnvironment environment;

    OidcDoctor(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    List<Finding> check() {
        return OidcSettings.areThere(environment)
                ? List.of(look(environment.getProperty(OidcSettings.ISSUER, "").strip()))
                : List.of();
    }

    private Finding look(String issuer) {
        try {
            JsonNode said = ask(issuer.replaceFirst("/$", "") + DISCOVERY);
            String name = said.path("issuer").asText();
            if (!name.equals(issuer)) {
                return Finding.bad(WHAT, "the provider calls itself " + name, "set FEEDHUB_OIDC_ISSUER to that");
            }
            boolean hasKeys = !ask(said.path("jwks_uri").asText()).path("keys").isEmpty();
            return hasKeys
                    ? Finding.ok(WHAT, "the provider answers")
                    : Finding.bad(WHAT, "the provider shows no keys", "look after the provider");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Finding.bad(WHAT, "what answers there is no provider", CHECK);
        } catch (IOException e) {
            return Finding.bad(WHAT, "the provider " + ServiceDoctor.reason(e), "is it up? " + CHECK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.bad(WHAT, "interrupted", "try again");
        }
    }

    private JsonNode ask(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> answer = Connections.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body());
    }
}
