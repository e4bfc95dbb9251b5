package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import org.junit.jupiter.api.Test;

class RunOutcomeTest {

    @Test
    void theWordsAreThoseThatTheDatabaseTakes() {
        assertThat(RunOutcome.words())
                .containsExactlyInAnyOrderElementsOf(TestDatabase.migrated().wordsOf("occurrence_outcome_check"));
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
