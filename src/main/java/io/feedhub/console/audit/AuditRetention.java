package io.feedhub.console.audit;

import io.feedhub.database.Reason;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Once a day lets go of audit rows that are older than {@code feedhub.keep-audit}. Each node does, none harms. */
@Component
final class AuditRetention implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(AuditRetention.class);

    private final JdbcClient database;
    private final Duration keep;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "audit-retention"));

    AuditRetention(JdbcClient database, AuditSettings settings) {
        this.database = database;
        this.keep = settings.keepAudit();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        var unused = thread.scheduleWithFixedDelay(this::forget, 1, TimeUnit.DAYS.toHours(1), TimeUnit.HOURS);
    }

    /** The database keeps a year, whatever the configuration says. */
    void forget() {
        try {
            long gone = database.sql("select feedhub.prune_audit(make_interval(secs => ?))")
                    .param(keep.toSeconds())
                    .query(Long.class)
                    .single();
            if (gone > 0) {
                log.info("{} audit rows older than {} days are gone", gone, keep.toDays());
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("old audit rows stay until tomorrow: {}", Reason.of(e));
        } catch (RuntimeException | Error e) { // which would end the days without a word
            log.error("old audit rows stay until tomorrow", e);
        }
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
