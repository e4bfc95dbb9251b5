package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.feedhub.delivery.Answer.Kind;
import io.feedhub.delivery.Answer.Limits;
import io.feedhub.delivery.Channels.Channel;
import io.feedhub.delivery.Channels.Guarantee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscordTest {
    private final Discord discord = new Discord(new ObjectMapper());

    @Test
    void deliveredKeepsTheIdAndWhatIsLeftOfTheBucket() throws Exception {
        Answer answer = answer(
                200, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "1.5"), "{\"id\":\"42\"}", 1);
        assertThat(answer.kind()).isEqualTo(Kind.DELIVERED);
        assertThat(answer.messageId()).isEqualTo("42");
        assertThat(answer.limits().remaining()).isZero();
        assertThat(answer.limits().reset()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void aLimitWaitsForTheLargerOfHeaderAndBody() throws Exception {
        Answer answer = answer(429, Map.of("Retry-After", "3"), "{\"retry_after\": 4.25}", 1);
        assertThat(answer.kind()).isEqualTo(Kind.AGAIN);
        assertThat(answer.limits().pause()).isEqualTo(Duration.ofMillis(4250));
        assertThat(answer.limits().global()).isFalse();
        assertThat(answer.limits().invalid()).isTrue();
        assertThat(answer(429, Map.of("Retry-After", "65"), "{\"retry_after\": 64.57}", 1)
                        .limits()
                        .pause())
                .isEqualTo(Duration.ofSeconds(65));
    }

    @Test
    void whatPostgresqlWouldRefuseIsMended() throws Exception {
        Map<String, String> odd = Map.of("Retry-After", "99999999999999999", "X-RateLimit-Reset-After", "-1e30");
        Limits limits = answer(429, odd, "{}", 1).limits();
        assertThat(limits.pause()).isEqualTo(Duration.ofDays(1));
        assertThat(limits.reset()).isZero();
        assertThat(answer(200, Map.of(), "{\"id\":\"4\\u00002\"}", 1).messageId())
                .isEqualTo("4\uFFFD2");
    }

    @Test
    void aLimitAlthoughTheBucketHasRoomIsAHiddenOne() throws Exception {
        Map<String, String> headers = Map.of("Retry-After", "9", "X-RateLimit-Remaining", "3");
        Limits limits = answer(429, headers, "{\"retry_after\": 8.25}", 1).limits();
        assertThat(limits.hidden()).isEqualTo(Duration.ofMillis(8250));
        assertThat(limits.pause()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aLimitThatOutlastsTheFullBucketIsAHiddenOne() throws Exception {
        Map<String, String> headers = Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "1.337");
        assertThat(answer(429, headers, "{\"retry_after\": 20.5}", 1).limits().hidden())
                .isEqualTo(Duration.ofMillis(20_500));
        assertThat(answer(429, headers, "{\"retry_after\": 1.338}", 1).limits().hidden())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void whatOthersUsedUpIsNeitherAnInvalidRequestNorAQuotaOfOurs() throws Exception {
        Map<String, String> headers = Map.of("X-RateLimit-Scope", "shared", "X-RateLimit-Remaining", "9");
        Limits limits = answer(429, headers, "{\"retry_after\": 1336.57}", 1).limits();
        assertThat(limits.invalid()).isFalse();
        assertThat(limits.hidden()).as("no quota to learn").isZero();
        assertThat(limits.pause()).isEqualTo(Duration.ofMillis(1_336_570));
    }

    @Test
    void aGlobalLimitIsForAllChannels() throws Exception {
        assertThat(answer(429, Map.of(), "{\"retry_after\": 64.57, \"global\": true}", 1)
                        .limits()
                        .global())
                .isTrue();
    }

    @Test
    void cloudflaresLimitIsNotJsonAndIsForAllChannels() throws Exception {
        Limits limits = answer(429, Map.of("Retry-After", "7"), "<html>", 1).limits();
        assertThat(limits.pause()).isEqualTo(Duration.ofSeconds(7));
        assertThat(limits.global()).isTrue();
        assertThat(answer(429, Map.of(), "error code: 1015", 1).limits().pause())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aBadMessageIsRefusedWithDiscordsWordsAndTheFieldThatIsWrong() throws Exception {
        String body =
                """
                {"message": "Invalid Form Body", "code": 50035, "errors": {"embeds": {"0": {"title": {"_errors":
                [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}]}}}}}""";
        Answer answer = answer(400, Map.of(), body, 1);
        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
        assertThat(answer.reason())
                .isEqualTo("Discord answered 400: Invalid Form Body (embeds.0.title: Must be 256 or fewer in length.)");
    }

    @Test
    void aWebhookThatIsGoneIsGoneForAll() throws Exception {
        assertThat(answer(404, Map.of(), "{\"code\": 10015}", 1).kind()).isEqualTo(Kind.GONE);
        assertThat(answer(401, Map.of(), "{\"code\": 50027}", 1).kind()).isEqualTo(Kind.GONE);
    }

    @Test
    void anOutageIsNotTheMessagesFault() throws Exception {
        assertThat(answer(500, Map.of(), "", 1).kind()).isEqualTo(Kind.FAILED);
        assertThat(answer(502, Map.of(), "", 1).kind()).isEqualTo(Kind.AGAIN);
        assertThat(answer(502, Map.of(), "", 40).limits().pause()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425})
    void whatIsWrongForNowOnlyIsTriedAgainLater(int status) throws Exception {
        Answer answer = answer(status, Map.of(), "", 3);
        assertThat(answer.kind()).isEqualTo(Kind.AGAIN);
        assertThat(answer.reason()).isEqualTo("Discord answered " + status);
        assertThat(answer.limits().pause()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aConnectionThatNeverWasIsTriedAgain() throws Exception {
        assertThat(discord.send("http://127.0.0.1:1/w", "{}", 1).kind()).isEqualTo(Kind.UNREACHED);
    }

    @Test
    void aHandshakeThatFailedSentNothing() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answerWithoutTls(plain));
            thread.setDaemon(true);
            thread.start();
            Answer answer = discord.send("https://127.0.0.1:" + plain.getLocalPort() + "/w", "{}", 3);
            assertThat(answer.kind()).isEqualTo(Kind.UNREACHED);
            assertThat(answer.limits()).as("another node may have a way").isEqualTo(Answer.Limits.NONE);
        }
    }

    private static void answerWithoutTls(ServerSocket server) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isPositive();
            socket.getOutputStream().write("no TLS here\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAnswerThatWasLostIsLost() throws Exception {
        assertThat(answer(-1, Map.of(), "", 1).kind()).isEqualTo(Kind.LOST);
        assertThat(answer(200, Map.of(), "<html>", 1).kind())
                .as("a proxy's page")
                .isEqualTo(Kind.LOST);
    }

    @Test
    void aLostAnswerIsFollowedByAPauseThatGrowsWithTheTries() throws Exception {
        assertThat(answer(-1, Map.of(), "", 3).limits().pause()).isEqualTo(Duration.ofSeconds(8));
        Limits limits =
                answer(200, Map.of("X-RateLimit-Remaining", "4"), "<html>", 4).limits();
        assertThat(limits.pause()).isEqualTo(Duration.ofSeconds(16));
        assertThat(limits.remaining()).isEqualTo(4);
    }

    @Test
    void anAddressThatCannotBeOneIsRefusedBeforeAnythingIsSentAndNotShown() {
        for (String url : List.of("discord.com/api", "https://discord.com", "https://discord.com/api/w {1}/secret")) {
            assertThatThrownBy(() -> new Channel(url, Guarantee.AT_MOST_ONCE))
                    .hasMessage("a channel's url is not an address");
        }
    }

    /** A status of -1 takes the request and hangs up. */
    @Test
    void anAddressMayNameAThread() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/w", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            exchange.close();
        });
        server.start();
        try {
            String webhook = "http://127.0.0.1:" + server.getAddress().getPort() + "/w";
            discord.send(webhook, "{}", 1);
            discord.send(webhook + "?thread_id=5", "{}", 1);
        } finally {
            server.stop(0);
        }
        assertThat(asked).containsExactly("wait=true", "thread_id=5&wait=true");
    }

    private Answer answer(int status, Map<String, String> headers, String body, int attempt) throws IOException {
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
            return discord.send("http://127.0.0.1:" + server.getAddress().getPort() + "/w", "{}", attempt);
        } finally {
            server.stop(0);
        }
    }
}
