package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.feedhub.TestDatabase;
import org.junit.jupiter.api.Test;

class RevisionStateTest {

    @Test
    void theWordsAreThoseThatTheDatabaseTakes() {
        assertThat(RevisionState.words())
                .containsExactlyInAnyOrderElementsOf(TestDatabase.migrated().wordsOf("flow_revision_state_check"));
    }

    @Test
    void aStateIsReadByItsWordAlone() {
        assertThat(RevisionState.words()).extracting(RevisionState::of).containsExactly(RevisionState.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevisionState.of("ACCEPTED"))
                .withMessage("state must be one of accepted, deleted, refused, conflict");
    }
}
