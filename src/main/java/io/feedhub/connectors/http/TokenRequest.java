package io.feedhub.connectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is shown to Google to get a token: a person's refresh token, or a claim that a service account's key signed. */
final class TokenRequest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HOUR = 3600;

    private TokenRequest() {}

    /** The form of RFC 6749 section 6, or of RFC 7523 when there is a service account. */
    static String form(Services.OAuth oauth, Instant now) {
        return oauth.serviceAccount() == null || oauth.serviceAccount().isBlank()
                ? "grant_type=refresh_token&client_id=" + encode(oauth.clientId()) + "&client_secret="
                        + encode(oauth.clientSecret()) + "&refresh_token=" + encode(oauth.refreshToken())
                : "grant_type=" + encode("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                        + assertion(oauth, oauth.serviceAccount(), now.getEpochSecond());
    }

    private static String assertion(Services.OAuth oauth, String account, long now) {
        try {
            JsonNode key = JSON.readTree(account);
            Map<String, Object> claims = Map.of(
                    "iss", key.path("client_email").asText(),
                    "scope", String.valueOf(oauth.scope()),
                    "aud", oauth.url(),
                    "iat", now,
                    "exp", now + HOUR);
            String claim = part(Map.of("alg", "RS256", "typ", "JWT")) + "." + part(claims);
            return claim + "." + base64(sign(claim, key.path("private_key").asText()));
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ServiceRefused("the service account cannot be used: its JSON or its key is broken");
        }
    }

    private static byte[] sign(String claim, String pem) throws GeneralSecurityException {
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        signature.update(claim.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private static String part(Map<String, ?> members) throws JsonProcessingException {
        return base64(JSON.writeValueAsBytes(members));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encode(@Nullable String text) {
        return Call.encode(text == null ? "" : text);
    }
}
