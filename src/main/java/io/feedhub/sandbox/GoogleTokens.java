package io.feedhub.sandbox;

import java.util.Map;

/** Google's token endpoint: a token of an hour for a refresh token or a signed claim. */
final class GoogleTokens implements StandIn {

    @Override
    public Reply answer(Request request) {
        boolean known =
                request.body().contains("refresh_token=") || request.body().contains("assertion=");
        return request.is("POST", "/token") && known
                ? Reply.ok(Map.of("access_token", "ya29.sandbox", "expires_in", 3599, "token_type", "Bearer"))
                : Reply.of(400, Map.of("error", "invalid_grant", "error_description", "Bad Request"));
    }
}
