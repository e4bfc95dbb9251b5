package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofMillis(300);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SsrfGuard guard =
            new SsrfGuard(SystemDefaultDnsResolver.INSTANCE, Set.of("127.0.0.1", "no-such-host.invalid"));
    private final Wire wire = new Wire(context, guard, Duration.ofSeconds(1));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        server.close();
        threads.shutdownNow();
        wire.close();
        context.close();
    }

    @Test
    void withoutAConnectionNothingWasSent() {
        answerWith("no TLS here\r\n");
        assertThatThrownBy(() -> post("https://127.0.0.1:" + server.getLocalPort()))
                .as("a handshake that failed")
                .isInstanceOf(CallUnderWay.NeverSent.class);
        assertThatThrownBy(() -> post("http://no-such-host.invalid")).isInstanceOf(CallUnderWay.NeverSent.class);
        assertThatThrownBy(() -> post("http://127.0.0.1:1")).isInstanceOf(CallUnderWay.NeverSent.class);
    }

    @Test
    void onAConnectionItMayHaveBeenSent() {
        answerWith("");
        assertThatThrownBy(() -> post("http://127.0.0.1:" + server.getLocalPort()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(CallUnderWay.NeverSent.class);
    }

    @Test
    void headersHaveAnEnd() throws IOException {
        String origin = "http://127.0.0.1:" + server.getLocalPort();
        for (String headers : List.of("X: y\r\n".repeat(200), "X: " + "y".repeat(16 << 10) + "\r\n")) {
            answerWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + headers + "\r\n");
            assertThatThrownBy(() -> post(origin)).isInstanceOf(MessageConstraintException.class);
        }
        answerWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + "X: y\r\n".repeat(100) + "\r\n");
        assertThat(post(origin).status()).isEqualTo(200);
    }

    /** Each of them comes byte by byte, so that no single read waits for long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n|X: y",
                "|HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n|y",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|1\r\ny\r\n"
            })
    void anAnswerThatTricklesInIsGivenUpAndItsConnectionIsFree(String answer) throws Exception {
        String[] parts = answer.split("\\|");
        CompletableFuture<Void> ends = CompletableFuture.allOf(Stream.generate(() -> trickle(parts[0], parts[1]))
                .limit(Wire.CALLS_AT_ONCE)
                .toArray(CompletableFuture[]::new));
        CompletableFuture<?>[] calls = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> assertThatThrownBy(() -> post(origin(), SOON)).isInstanceOf(SocketTimeoutException.class),
                        threads))
                .limit(Wire.CALLS_AT_ONCE)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(calls).get(10, TimeUnit.SECONDS);
        ends.get(10, TimeUnit.SECONDS);
        answerWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(post(origin(), LIMIT).status()).isEqualTo(200);
    }

    @Test
    void aRequestThatIsNotReadIsGivenUp() {
        Call call = Call.post("x", "/x").body(new byte[32 << 20], "text/plain");
        assertThatThrownBy(() -> wire.exchange(URI.create(origin() + "/x"), call, SOON))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aHandshakeThatTricklesInIsGivenUpAndNothingWasSent() throws Exception {
        CompletableFuture<Void> end = trickle("\u0016\u0003\u0003@\u0000", "\u0002");
        assertThatThrownBy(() -> post("https://127.0.0.1:" + server.getLocalPort(), SOON))
                .isInstanceOf(CallUnderWay.NeverSent.class);
        end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aRunThatIsGivenUpFreesItsConnection() throws Exception {
        CompletableFuture<Void> end = trickle("HTTP/1.1 200 OK\r\n", "X: y");
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        CompletableFuture<Void> call = CompletableFuture.runAsync(
                () -> {
                    caller.complete(Thread.currentThread());
                    assertThatThrownBy(() -> post(origin(), Duration.ofMinutes(1)))
                            .isInstanceOf(CallUnderWay.RunOver.class);
                },
                threads);
        assertThat(asked.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        caller.get().interrupt();
        call.get(10, TimeUnit.SECONDS);
        end.get(10, TimeUnit.SECONDS);
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private Answer post(String origin) throws IOException {
        return post(origin, LIMIT);
    }

    private Answer post(String origin, Duration limit) throws IOException {
        return wire.exchange(URI.create(origin + "/x"), Call.post("x", "/x").json("{}"), limit);
    }

    /** Takes one connection, and says on it a beginning and then again and again the same, until it is hung up. */
    private CompletableFuture<Void> trickle(String begin, String rest) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Socket socket = server.accept()) {
                        assertThat(socket.getInputStream().read()).isPositive();
                        asked.release();
                        OutputStream out = socket.getOutputStream();
                        out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
                        byte[] more = rest.getBytes(StandardCharsets.ISO_8859_1);
                        for (int n = 0; !over.await(20, TimeUnit.MILLISECONDS); n++) {
                            out.write(more[n % more.length]);
                        }
                    } catch (IOException e) {
                        // hung up, as it should be
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    /** Takes one connection, waits for its first byte, says something and hangs up. */
    private void answerWith(String text) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read()).isPositive();
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
