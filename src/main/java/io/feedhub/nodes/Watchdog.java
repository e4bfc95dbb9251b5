package io.feedhub.nodes;

import io.feedhub.database.UnpooledConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Ends the process when no heartbeat worked for a minute although the database answers: then something in here is broken,
 * and the supervisor's restart helps. While the database is away the hub waits.
 */
final class Watchdog implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BROKEN = 70;
    private static final long LOOK_SECONDS = 5;
    private static final int ANSWER_SECONDS = 3;

    /** So many looks in a row: a database that has just come back leaves the heartbeat the time to notice. */
    private static final int CERTAIN = 4;

    private final Supplier<Duration> unheard;
    private final BooleanSupplier databaseAnswers;
    private final Runnable end;
    private int looks;

    Watchdog(Supplier<Duration> unheard, BooleanSupplier databaseAnswers, Runnable end) {
        this.unheard = unheard;
        this.databaseAnswers = databaseAnswers;
        this.end = end;
    }

    /** Looks until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                lookSafely();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException | Error e) { // no memory, say: who watches must not be the first to go
            log.error("the watchdog could not look, the next look is in {} s", LOOK_SECONDS, e);
        }
    }

    void look() {
        Duration silence = unheard.get();
        boolean broken = silence.compareTo(PATIENCE) > 0 && databaseAnswers.getAsBoolean();
        looks = broken ? looks + 1 : 0;
        if (looks == CERTAIN) {
            log.error("no heartbeat for {} s although the database answers: this process ends", silence.toSeconds());
            end.run();
        }
    }

    /** Its wiring: a connection of its own, and an end that no hanging shutdown hook can delay. */
    @Configuration(proxyBeanMethods = false)
    static class Wiring {

        @Bean(destroyMethod = "interrupt")
        Thread watchdog(Heartbeat heartbeat, UnpooledConnections database) {
            Watchdog watchdog = new Watchdog(heartbeat::unheardFor, () -> answers(database), () -> Runtime.getRuntime()
                    .halt(BROKEN));
            Thread thread = new Thread(watchdog, "watchdog");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
    }

    /** Whether it can be asked; one that takes connections and stays silent does not answer either. */
    static boolean answers(UnpooledConnections database) {
        try (Connection connection = database.connect()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
