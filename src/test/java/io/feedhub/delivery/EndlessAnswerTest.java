package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.delivery.Answer.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that never end: without an end of their own they would keep their channel. */
class EndlessAnswerTest {
    private static final Duration SOON = Duration.ofMillis(1_500);
    private static final Duration LATE = Duration.ofMinutes(5);

    private final ExecutorService threads = Executors.newCachedThreadPool();
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
    }

    /** Each of them comes byte by byte, so that no single read waits for long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n|X: y",
                "|HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|1\r\ny\r\n"
            })
    void whatIsNotAnsweredInTimeIsLostAndItsConnectionEnded(String answer) throws Exception {
        String[] parts = answer.split("\\|");
        CompletableFuture<Void> hungUp = say(parts[0], parts[1], 20);
        Answer got = send("http", SOON).get(10, TimeUnit.SECONDS);
        assertThat(got.kind()).isEqualTo(Kind.LOST);
        assertThat(got.limits().pause()).isEqualTo(Duration.ofSeconds(8));
        hungUp.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aHandshakeThatDoesNotEndInTimeSentNothing() throws Exception {
        CompletableFuture<Void> hungUp = say("\u0016\u0003\u0003@\u0000", "\u0002", 20);
        assertThat(send("https", SOON).get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNREACHED);
        hungUp.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBodyLongerThanAnyOfDiscordsIsNotReadToItsEnd() throws Exception {
        String chunk = "2000\r\n" + "y".repeat(0x2000) + "\r\n";
        CompletableFuture<Void> hungUp = say("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, 0);
        assertThat(send("http", LATE).get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.GONE);
        hungUp.get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Answer> send(String scheme, Duration longest) {
        Discord discord = new Discord(new ObjectMapper(), longest);
        String webhook = scheme + "://127.0.0.1:" + server.getLocalPort() + "/w";
        return CompletableFuture.supplyAsync(() -> discord.send(webhook, "{}", 3), threads);
    }

    /**
     * Takes one connection, and says on it a beginning and then again and again the same, until it is hung up.
     *
     * @param pause how many milliseconds lie between two bytes; with none all bytes come at once
     */
    private CompletableFuture<Void> say(String begin, String rest, int pause) {
        byte[] more = rest.getBytes(StandardCharsets.ISO_8859_1);
        int step = pause == 0 ? more.length : 1;
        return CompletableFuture.runAsync(
                () -> {
                    try (Socket socket = server.accept()) {
                        assertThat(socket.getInputStream().read()).isPositive();
                        OutputStream out = socket.getOutputStream();
                        out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
                        for (int at = 0; !over.await(pause, TimeUnit.MILLISECONDS); at = (at + step) % more.length) {
                            out.write(more, at, step);
                        }
                    } catch (IOException e) {
                        // hung up, as it should be
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }
}
