package io.feedhub.cli;

import java.net.http.HttpClient;
import java.time.Duration;

/** The commands' connections: one client for all requests, made with the first, for most processes send none. */
final class Connections {
    static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private Connections() {}
}
