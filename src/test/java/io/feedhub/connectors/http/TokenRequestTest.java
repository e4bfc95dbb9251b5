package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenRequestTest {
    private static final String URL = "https://oauth2.googleapis.com/token";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aRefreshTokenIsSentWithItsClient() {
        var oauth = new Services.OAuth(URL, "id", "a&b", "r/1", null, null);
        assertThat(TokenRequest.form(oauth, Instant.EPOCH))
                .isEqualTo("grant_type=refresh_token&client_id=id&client_secret=a%26b&refresh_token=r%2F1");
    }

    @Test
    void aServiceAccountsClaimIsSignedWithItsKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        String account = json.writeValueAsString(Map.of("client_email", "hub@x.iam", "private_key", pem));
        String form = TokenRequest.form(
                new Services.OAuth(URL, null, null, null, "scope", account), Instant.ofEpochSecond(1000));
        String[] parts = form.substring(form.indexOf("assertion=") + 10).split("\\.");
        JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.toString()).contains("\"iss\":\"hub@x.iam\"", "\"aud\":\"" + URL + "\"", "\"exp\":4600");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aBrokenKeyIsSaidWithoutTheKey() {
        var oauth = new Services.OAuth(URL, null, null, null, "s", "{\"private_key\": \"c2VjcmV0\"}");
        assertThatThrownBy(() -> TokenRequest.form(oauth, Instant.EPOCH))
                .isInstanceOf(ServiceRefused.class)
                .hasMessageNotContaining("c2VjcmV0");
    }
}
