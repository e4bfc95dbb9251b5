package io.feedhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MessageStateTest {

    @Test
    void theWordsAreThoseThatTheDatabaseTakes() {
        List<String> taken = JdbcClient.create(TestDatabase.migrated().dataSource())
                .sql(
                        """
                select word[1] from pg_constraint,
                  regexp_matches(pg_get_constraintdef(oid), '''([^'']*)''', 'g') as word
                where conname = 'outgoing_state_check'""")
                .query(String.class)
                .list();
        assertThat(MessageState.words()).containsExactlyInAnyOrderElementsOf(taken);
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
