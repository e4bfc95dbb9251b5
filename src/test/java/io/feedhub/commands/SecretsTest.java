package io.feedhub.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SecretsTest {
    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void whatIsConfiguredAsASecretIsMasked() {
        Secrets secrets = secrets(Map.of(
                "feedhub.services.numu.token", "numu-token-1",
                "FEEDHUB_SERVICES_GCS_OAUTH_SERVICEACCOUNT", "{\"private_key\": \"k\"}",
                "feedhub.services.gcs.oauth.service-account", "{\"private_key\": \"l\"}"));
        assertThat(secrets.mask("numu-token-1 {\"private_key\": \"k\"} {\"private_key\": \"l\"}"))
                .isEqualTo("*** *** ***");
    }

    @Test
    void aPrivateKeyIsMaskedWhereverItIsFrom() {
        assertThat(secrets(Map.of()).mask("a\n-----BEGIN PRIVATE KEY-----\nMIIEv\nxyz\n-----END PRIVATE KEY-----\nb"))
                .isEqualTo("a\n***\nb");
    }

    /** A name with tokens in it is a number of them, or says who has one. */
    @Test
    void whatIsNoSecretStaysAsItIs() {
        Secrets secrets = secrets(Map.of(
                "feedhub.gemini.daily-tokens", "2000000",
                "FEEDHUB_GEMINI_FLOWTOKENS", "500000",
                "feedhub.tokens[0].name", "prometheus",
                "feedhub.tokens[0].role", "viewer"));
        String text = "15000000 of 2000000 for the viewer prometheus";
        assertThat(secrets.mask(text)).isEqualTo(text);
    }

    private Secrets secrets(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return new Secrets(environment);
    }
}
