package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class MessageStateTest {

    @Test
    void theWordsAreThoseThatTheDatabaseTakes() {
        assertThat(MessageState.words())
                .containsExactlyInAnyOrderElementsOf(TestDatabase.migrated().wordsOf("outgoing_state_check"));
    }

    @ParameterizedTest
    @EnumSource
    void itsPhaseIsTheOneThatTheDatabaseComputes(MessageState state) {
        assertThat(JdbcClient.create(TestDatabase.migrated().dataSource())
                        .sql(
                                """
                        insert into feedhub.outgoing (flow, channel, payload, state) values ('f', 'c', '{}', ?)
                        returning phase""")
                        .param(state.word())
                        .query(String.class)
                        .single())
                .isEqualTo(state.phase());
    }

    @Test
    void whatAPersonMayDoIsSaidInTheOrderOfAMessagesLife() {
        assertThat(MessageState.words(MessageState::canBeRetried)).containsExactly("parked", "unknown", "given-up");
        assertThat(MessageState.words(MessageState::canBeGivenUp)).containsExactly("queued", "parked", "unknown");
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
