package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.feedhub.FeedHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class CommandLineTest {
    @TempDir
    private Path classes;

    @Test
    void aCommandThatDoesNotExistIsAUsageError() {
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "flaws")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "60001"})
    void aSpeedThatNoTimerHasIsAUsageError(String speed) {
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "sandbox", "--once", "--speed", speed))
                .isEqualTo(2);
    }

    @Test
    void aHubThatIsNotThereIsNotReached() {
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "flows", "--url", "http://127.0.0.1:1"))
                .isEqualTo(3);
    }

    @Test
    void aHubThatCannotAnswerForNowIsNotReachedEither() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(503, 2);
            exchange.getResponseBody().write(new byte[] {'n', 'o'});
            exchange.close();
        });
        proxy.start();
        try {
            String url = "http://127.0.0.1:" + proxy.getAddress().getPort();
            assertThat(Commands.run(new SpringApplication(FeedHub.class), "flows", "--url", url))
                    .isEqualTo(3);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void port6543IsRefusedWithItsReason() {
        assertThat(problems(Map.of("feedhub.database.url", "jdbc:postgresql://h:6543/postgres")))
                .contains("transaction mode")
                .contains("5432");
    }

    @Test
    void whatIsMissingIsListedWithItsVariable() {
        assertThat(problems(Map.of("feedhub.services.numu.url", "")))
                .contains("feedhub.services.numu.url: missing (FEEDHUB_SERVICES_NUMU_URL)")
                .contains("feedhub.database.url: missing (FEEDHUB_DATABASE_URL)")
                .contains("feedhub.users: missing");
    }

    @Test
    void theVersionIsThatOfTheBuildWhereThereIsOne() throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            assertThat(new Version(loader).getVersion()).containsExactly("Feed-Hub dev");
            Files.createDirectories(classes.resolve("META-INF"));
            Files.writeString(classes.resolve("META-INF/build-info.properties"), "build.version=1.2.3-SNAPSHOT\n");
            assertThat(new Version(loader).getVersion()).containsExactly("Feed-Hub 1.2.3-SNAPSHOT");
        }
    }

    private static String problems(Map<String, Object> settings) {
        GenericApplicationContext context = new GenericApplicationContext();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.setEnvironment(environment);
        try {
            new SettingsCheck().initialize(context);
            return "";
        } catch (MissingSettings e) {
            return String.valueOf(e.getMessage());
        }
    }
}
