package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.feedhub.delivery.Ledger.Answer;
import io.feedhub.delivery.Ledger.Envelope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscordTest {
    private final Discord discord = new Discord(new ObjectMapper());

    @Test
    void deliveredKeepsTheIdAndWaitsWhenTheBucketIsEmpty() throws Exception {
        Answer answer = answer(
                200, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "1.5"), "{\"id\":\"42\"}", 1);
        assertThat(answer.state()).isEqualTo("delivered");
        assertThat(answer.messageId()).isEqualTo("42");
        assertThat(answer.pause()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void aLimitWaitsForTheLargerOfHeaderAndBody() throws Exception {
        Answer answer = answer(429, Map.of("Retry-After", "3"), "{\"retry_after\": 4.25}", 1);
        assertThat(answer.state()).isEqualTo("pending");
        assertThat(answer.pause()).isEqualTo(Duration.ofMillis(4250));
    }

    @Test
    void aLimitThatIsNotJsonIsUnderstood() throws Exception {
        assertThat(answer(429, Map.of("Retry-After", "7"), "<html>", 1).pause()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aBadMessageIsParkedWithDiscordsWords() throws Exception {
        Answer answer = answer(400, Map.of(), "{\"message\": \"Invalid Form Body\", \"code\": 50035}", 1);
        assertThat(answer.state()).isEqualTo("parked");
        assertThat(answer.reason()).isEqualTo("Discord answered 400: Invalid Form Body");
    }

    @Test
    void aBrokenDiscordIsTriedAgainButNotForEver() throws Exception {
        assertThat(answer(502, Map.of(), "", 1).state()).isEqualTo("pending");
        assertThat(answer(502, Map.of(), "", 8).state()).isEqualTo("parked");
    }

    @Test
    void aConnectionThatNeverWasIsTriedAgain() throws Exception {
        assertThat(discord.send("http://127.0.0.1:1/w", new Envelope(1, "{}", 1))
                        .state())
                .isEqualTo("pending");
    }

    @Test
    void anAnswerThatWasLostIsUnknown() throws Exception {
        Answer answer = answer(-1, Map.of(), "", 1);
        assertThat(answer.state()).isEqualTo("unknown");
    }

    /** A status of -1 takes the request and hangs up. */
    private Answer answer(int status, Map<String, String> headers, String body, int attempt)
            throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/w", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (status > 0) {
                headers.forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
        try {
            return discord.send(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/w", new Envelope(1, "{}", attempt));
        } finally {
            server.stop(0);
        }
    }
}
