package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RunOutcomeTest {

    @Test
    void theWordsAreThoseThatTheDatabaseTakes() {
        List<String> taken = JdbcClient.create(TestDatabase.migrated().dataSource())
                .sql(
                        """
                select word[1] from pg_constraint,
                  regexp_matches(pg_get_constraintdef(oid), '''([^'']*)''', 'g') as word
                where conname = 'occurrence_outcome_check'""")
                .query(String.class)
                .list();
        assertThat(RunOutcome.words()).containsExactlyInAnyOrderElementsOf(taken);
    }

    @Test
    void anOutcomeIsReadByItsWordAlone() {
        RunOutcome[] all = RunOutcome.values();
        assertThat(RunOutcome.words()).extracting(RunOutcome::of).containsExactly(all);
        assertThatThrownBy(() -> RunOutcome.of("DONE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outcome must be one of planned, running, done, failed, skipped, missed");
    }
}
