package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import org.junit.jupiter.api.Test;

class MessageStateTest {

    @Test
    void theWordsAreThoseThatTheDatabaseTakes() {
        assertThat(MessageState.words())
                .containsExactlyInAnyOrderElementsOf(TestDatabase.migrated().wordsOf("outgoing_state_check"));
    }

    @Test
    void aStateIsReadByItsWordAlone() {
        MessageState[] all = MessageState.values();
        assertThat(MessageState.words()).extracting(MessageState::of).containsExactly(all);
        assertThatThrownBy(() -> MessageState.of("given_up"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state must be one of queued, sending, delivered, parked, unknown, given-up");
    }
}
