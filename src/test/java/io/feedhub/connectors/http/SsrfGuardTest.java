package io.feedhub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsrfGuardTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "0.0.0.0",
                "0.1.2.3",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "fc00::1",
                "fec0::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "::7f00:1"
            })
    void anOutsideNameMustNotLeadThere(String address) {
        SsrfGuard guard = new SsrfGuard(always(address), Set.of());
        assertThatThrownBy(() -> guard.resolve("api.example.com"))
                .isInstanceOf(SsrfGuard.Refused.class)
                .hasMessageNotContaining(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void theOpenInternetIsReached(String address) throws UnknownHostException {
        assertThat(new SsrfGuard(always(address), Set.of()).resolve("api.example.com"))
                .containsExactly(InetAddress.getByName(address));
    }

    @Test
    void oneBadAddressAmongGoodOnesIsEnough() {
        DnsResolver both = resolver(() -> new InetAddress[] {of("8.8.8.8"), of("10.0.0.1")});
        assertThatThrownBy(() -> new SsrfGuard(both, Set.of()).resolve("api.example.com"))
                .isInstanceOf(SsrfGuard.Refused.class);
    }

    @Test
    void aServiceOfOnesOwnNetworkIsReachedButNoMetadata() throws UnknownHostException {
        Set<String> inside = Set.of("numu.example.com", "169.254.7.7");
        assertThat(new SsrfGuard(always("10.0.0.5"), inside).resolve("NUMU.example.com"))
                .hasSize(1);
        assertThat(new SsrfGuard(always("169.254.7.7"), inside).resolve("169.254.7.7"))
                .hasSize(1);
        assertThatThrownBy(() -> new SsrfGuard(always("169.254.169.254"), inside).resolve("numu.example.com"))
                .isInstanceOf(SsrfGuard.Refused.class);
    }

    @Test
    void aNameThatChangesItsAddressGainsNothing() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger reached = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            reached.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        DnsResolver rebinding =
                resolver(() -> new InetAddress[] {asked.getAndIncrement() == 0 ? of("8.8.8.8") : of("127.0.0.1")});
        SsrfGuard guard = new SsrfGuard(rebinding, Set.of());
        assertThat(guard.resolve("rebind.example.com")).hasSize(1);
        URI address =
                URI.create("http://rebind.example.com:" + server.getAddress().getPort() + "/");
        try (DefaultCamelContext context = new DefaultCamelContext();
                Wire wire = new Wire(context, guard, Wire.CONNECTING)) {
            assertThatThrownBy(() -> wire.exchange(address, Call.get("x", "/"), Duration.ofSeconds(2)))
                    .isInstanceOf(SsrfGuard.Refused.class);
        } finally {
            server.stop(0);
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void whereAServicesNameLeadsIsKnownBeforeItIsCalled() throws UnknownHostException {
        URI numu = URI.create("https://numu.example.com:8500/mcp");
        assertThat(SsrfGuard.refuses(always("10.0.0.5"), numu, false)).isTrue();
        assertThat(SsrfGuard.refuses(always("10.0.0.5"), numu, true)).isFalse();
        assertThat(SsrfGuard.refuses(always("8.8.8.8"), numu, false)).isFalse();
        assertThat(SsrfGuard.refuses(always("10.0.0.5"), URI.create("http://numu:8500"), false))
                .isFalse();
    }

    private static DnsResolver always(String address) {
        return resolver(() -> new InetAddress[] {of(address)});
    }

    private static DnsResolver resolver(java.util.function.Supplier<InetAddress[]> answer) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return answer.get();
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static InetAddress of(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(address, e);
        }
    }
}
