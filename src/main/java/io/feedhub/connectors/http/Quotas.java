package io.feedhub.connectors.http;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was used of a service's daily quota, by all nodes together, from midnight to midnight Pacific as Google counts it.
 * Thread-safe.
 */
@Component
public final class Quotas {
    private static final int DAYS_KEPT = 90;

    private final JdbcClient database;
    private final Clock clock;

    Quotas(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes units before they are spent: what fails costs its units too.
     *
     * @throws QuotaSpent when fewer are left
     */
    public void take(String quota, long units, long limit) {
        long used = database.sql(
                        """
                        insert into feedhub.quota as q (name, day, units)
                        select :name, :day, :units where :units <= :limit
                        on conflict (name, day) do update set units = q.units + excluded.units
                        where q.units + excluded.units <= :limit
                        returning units""")
                .param("name", quota)
                .param("day", Date.valueOf(today()))
                .param("units", units)
                .param("limit", limit)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new QuotaSpent(
                        quota + ": the day's " + limit + " units are used up; they renew at midnight Pacific"));
        if (used == units) {
            forgetOldDays();
        }
    }

    /** Puts units back that were taken for what was not sent. */
    public void giveBack(String quota, long units) {
        database.sql("update feedhub.quota set units = greatest(units - ?, 0) where name = ? and day = ?")
                .params(units, quota, Date.valueOf(today()))
                .update();
    }

    /** The service says that nothing is left, whatever was counted here. */
    public void exhaust(String quota, long limit) {
        database.sql(
                        """
                insert into feedhub.quota (name, day, units) values (:name, :day, :limit)
                on conflict (name, day) do update set units = excluded.units""")
                .param("name", quota)
                .param("day", Date.valueOf(today()))
                .param("limit", limit)
                .update();
    }

    private void forgetOldDays() {
        database.sql("delete from feedhub.quota where day < ?")
                .param(Date.valueOf(today().minusDays(DAYS_KEPT)))
                .update();
    }

    private LocalDate today() {
        return PacificDay.of(clock.instant()).date();
    }
}
