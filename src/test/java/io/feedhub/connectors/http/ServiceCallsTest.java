package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feedhub.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;

class ServiceCallsTest {
    /** Both at the same address, which never answers. */
    @Test
    void thatAllConnectionsAreInUseIsNoFailureOfTheService() throws Exception {
        List<Socket> held = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = new DefaultCamelContext()) {
            String url = "http://127.0.0.1:" + server.getLocalPort();
            Services services = new Services(Map.of(
                    "patient", service(url, Duration.ofMinutes(1)), "hasty", service(url, Duration.ofMillis(50))));
            try (Wire wire = new Wire(context, services)) {
                ServiceCalls calls = calls(services, wire, Clock.systemUTC());
                for (int n = 0; n < Wire.CALLS_AT_ONCE; n++) {
                    start(calls);
                    Socket socket = server.accept();
                    held.add(socket);
                    assertThat(socket.getInputStream().read()).isPositive();
                }
                for (int n = 0; n < 12; n++) {
                    assertThatThrownBy(() -> calls.send(Call.post("hasty", "/x").json("{}")))
                            .isInstanceOf(NotSent.class)
                            .hasMessage("all connections to hasty are in use");
                }
                for (Socket socket : held) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void thatRunsAreGivenUpIsNoFailureOfTheService() throws Exception {
        List<Socket> held = new ArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = new DefaultCamelContext()) {
            String url = "http://127.0.0.1:" + server.getLocalPort();
            Services services = new Services(Map.of("patient", service(url, Duration.ofMinutes(1))));
            try (Wire wire = new Wire(context, services)) {
                ServiceCalls calls = calls(services, wire, Clock.systemUTC());
                List<Thread> runs = new ArrayList<>();
                for (int n = 0; n < Wire.CALLS_AT_ONCE; n++) {
                    Thread run =
                            new Thread(() -> failures.add(catchThrowable(() -> calls.send(Call.get("patient", "/x")))));
                    runs.add(run);
                    run.start();
                    Socket socket = server.accept();
                    held.add(socket);
                    assertThat(socket.getInputStream().read()).isPositive();
                }
                for (Thread run : runs) {
                    run.interrupt();
                    run.join(10_000);
                }
                answer(server, "200 OK");
                assertThat(calls.send(Call.get("patient", "/x")).status()).isEqualTo(200);
            }
            for (Socket socket : held) {
                socket.close();
            }
        }
        assertThat(failures).hasSize(Wire.CALLS_AT_ONCE).allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(ServiceDown.class)
                .hasMessage("patient /x was broken off: its run was given up"));
    }

    @Test
    void aServiceIsLeftAloneForAnHourAtMostHoweverLongItAsks() throws Exception {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DefaultCamelContext context = new DefaultCamelContext()) {
            String url = "http://127.0.0.1:" + server.getLocalPort();
            Services services = new Services(Map.of("busy", service(url, Duration.ofMinutes(1))));
            answer(server, "503 Busy\r\nRetry-After: 999999999", "200 OK");
            try (Wire wire = new Wire(context, services)) {
                ServiceCalls calls = calls(services, wire, clock);
                assertThat(calls.send(Call.get("busy", "/x")).status()).isEqualTo(503);
                clock.move(Duration.ofMinutes(59));
                assertThatThrownBy(() -> calls.send(Call.get("busy", "/x")))
                        .isInstanceOf(NotSent.class)
                        .hasMessageContaining("asked to be left alone until");
                clock.move(Duration.ofMinutes(1));
                assertThat(calls.send(Call.get("busy", "/x")).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anErrorOfThisMachineInTheOneTryOfAPauseLeavesTheNextTryFree() throws Exception {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        Names names = new Names();
        Services services = new Services(Map.of("away", service("http://away.invalid", Duration.ofSeconds(1))));
        try (DefaultCamelContext context = new DefaultCamelContext();
                Wire wire = new Wire(context, new SsrfGuard(names, Set.of()), Wire.CONNECTING)) {
            ServiceCalls calls = calls(services, wire, clock);
            for (int n = 0; n < 10; n++) {
                assertThatThrownBy(() -> calls.send(Call.get("away", "/x")))
                        .isInstanceOf(NotSent.class)
                        .hasMessage("away is not reached");
            }
            assertThatThrownBy(() -> calls.send(Call.get("away", "/x")))
                    .isInstanceOf(NotSent.class)
                    .hasMessageContaining("is left alone since");
            clock.move(Duration.ofSeconds(16));
            names.broken = true;
            assertThatThrownBy(() -> calls.send(Call.get("away", "/x"))).isInstanceOf(StackOverflowError.class);
            names.broken = false;
            assertThatThrownBy(() -> calls.send(Call.get("away", "/x"))).hasMessage("away is not reached");
        }
    }

    /** Nobody knows a name. */
    private static final class Names implements DnsResolver {
        private boolean broken;

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (broken) {
                throw new StackOverflowError();
            }
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Answers one request on each connection. */
    private static void answer(ServerSocket server, String... heads) {
        Thread thread = new Thread(() -> {
            for (String head : heads) {
                try (Socket socket = server.accept()) {
                    assertThat(socket.getInputStream().read(new byte[8_192])).isPositive();
                    socket.getOutputStream()
                            .write(("HTTP/1.1 " + head + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void start(ServiceCalls calls) {
        Thread thread = new Thread(() ->
                assertThatThrownBy(() -> calls.send(Call.get("patient", "/x"))).isInstanceOf(ServiceDown.class));
        thread.setDaemon(true);
        thread.start();
    }

    private static ServiceCalls calls(Services services, Wire wire, Clock clock) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new ServiceCalls(services, wire, new Tokens(wire, clock), new Breakers(clock, meters), clock, meters);
    }

    private static Services.Service service(String url, Duration timeout) {
        return new Services.Service(url, null, null, null, false, timeout, Duration.ofSeconds(15));
    }
}
