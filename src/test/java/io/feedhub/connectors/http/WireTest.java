package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SsrfGuard guard =
            new SsrfGuard(SystemDefaultDnsResolver.INSTANCE, Set.of("127.0.0.1", "no-such-host.invalid"));
    private final Wire wire = new Wire(context, guard);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        wire.close();
        context.close();
    }

    @Test
    void withoutAConnectionNothingWasSent() {
        answerWith("no TLS here\r\n");
        assertThatThrownBy(() -> post("https://127.0.0.1:" + server.getLocalPort()))
                .as("a handshake that failed")
                .isInstanceOf(Bounds.NeverSent.class);
        assertThatThrownBy(() -> post("http://no-such-host.invalid")).isInstanceOf(Bounds.NeverSent.class);
        assertThatThrownBy(() -> post("http://127.0.0.1:1")).isInstanceOf(Bounds.NeverSent.class);
    }

    @Test
    void onAConnectionItMayHaveBeenSent() {
        answerWith("");
        assertThatThrownBy(() -> post("http://127.0.0.1:" + server.getLocalPort()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(Bounds.NeverSent.class);
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

    private Answer post(String origin) throws IOException {
        return wire.exchange(URI.create(origin + "/x"), Call.post("x", "/x").json("{}"), LIMIT);
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
