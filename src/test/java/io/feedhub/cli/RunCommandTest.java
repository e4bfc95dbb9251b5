package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.HubProcess;
import io.feedhub.RunningHub;
import io.feedhub.sandbox.StandIns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;

class RunCommandTest {

    @TempDir
    private Path folder;

    /** A supervisor would start it again for ever. */
    @Test
    void aValueThatIsNoneIsAMistakeAndNoFailure() {
        SpringApplication hub = new SpringApplication(Settings.class);
        hub.setWebApplicationType(WebApplicationType.NONE);
        hub.addListeners((ApplicationListener<ApplicationReadyEvent>)
                ready -> ready.getApplicationContext().close());
        assertThat(RunCommand.start(hub, List.of("--test.number=abc"))).isEqualTo(2);
        assertThat(RunCommand.start(hub, List.of("--test.number=1"))).isZero();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Settings.Numbers.class)
    static class Settings {
        @ConfigurationProperties("test")
        record Numbers(int number) {}
    }

    @Test
    void aHubThatWaitsForItsDatabaseIsStoppedLikeOneThatRuns() throws Exception {
        Path output = folder.resolve("output");
        Process hub;
        try (StandIns outside = new StandIns(Clock.systemUTC())) {
            Map<String, Object> settings = new HashMap<>(outside.properties());
            settings.put("feedhub.database.url", "jdbc:postgresql://127.0.0.1:1/postgres");
            settings.put("feedhub.database.username", "postgres");
            settings.put("feedhub.users[0].name", "admin");
            settings.put("feedhub.users[0].password", RunningHub.hash("x"));
            settings.put("server.port", 0);
            hub = HubProcess.start(settings, output, "run");
        }
        try {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> Files.readString(output)
                    .contains("Retrying in"));
            hub.destroy();
            assertThat(hub.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.exitValue()).isEqualTo(143);
        } finally {
            hub.destroyForcibly();
        }
    }
}
