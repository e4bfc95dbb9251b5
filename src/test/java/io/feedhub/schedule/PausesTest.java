package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A pause holds from the moment it is asked for, and not at all when its transaction comes to nothing. */
class PausesTest {
    @TempDir
    private Path routes;

    @Test
    void aPauseThatIsNotCommittedYetIsNotTakenBackByTheRounds() throws IOException {
        Files.copy(
                Path.of("routes/infrastructure/heartbeat_pulse.yaml"),
                Files.createDirectories(routes.resolve("infrastructure")).resolve("heartbeat_pulse.yaml"));
        try (RunningHub hub = new RunningHub(routes, Map.of())) {
            new TransactionTemplate(hub.bean(PlatformTransactionManager.class)).executeWithoutResult(transaction -> {
                hub.bean(Timetable.class).pause("heartbeat_pulse");
                aRound(hub);
                assertThat(status(hub)).isEqualTo(ServiceStatus.Suspended);
                transaction.setRollbackOnly();
            });
            aRound(hub);
            assertThat(status(hub)).isEqualTo(ServiceStatus.Started);
        }
    }

    /** On a connection of its own, which does not see what is not committed. */
    private static void aRound(RunningHub hub) {
        CompletableFuture.runAsync(hub.bean(Pauses.class)::apply).join();
    }

    private static ServiceStatus status(RunningHub hub) {
        return hub.bean(CamelContext.class).getRouteController().getRouteStatus("heartbeat_pulse");
    }
}
