package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.Flows;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A hub over a file in which only what it needs is left, as the launcher starts it: with that file alone. */
class BareConfigurationTest {

    @Test
    void whatIsTakenOutHasItsDefault(@TempDir Path folder) throws Exception {
        Path shared = Files.createDirectories(folder.resolve("routes/_shared"));
        Files.copy(Path.of("routes/_shared/errors.yaml"), shared.resolve("errors.yaml"));
        String all = Files.readString(Path.of("application.yaml"));
        Path settings = folder.resolve("application.yaml");
        Files.writeString(
                settings,
                """
                feedhub:
                  routes: %s
                  database: { url: "%s", username: postgres }
                server: { address: 127.0.0.1, port: 0 }
                %s"""
                        .formatted(
                                folder.resolve("routes"),
                                TestDatabase.create().url(),
                                all.substring(all.indexOf("# How the house is wired"))));
        try (ConfigurableApplicationContext hub =
                new SpringApplicationBuilder(FeedHub.class).run("--spring.config.location=" + settings.toUri())) {
            Flows flows = hub.getBean(Flows.class);
            assertThat(flows.problems()).isEmpty();
            assertThat(flows.shared()).isNotEmpty();
        }
    }
}
