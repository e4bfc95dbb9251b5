package io.feedhub.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

class ReasonTest {

    @Test
    void anErrorIsOneLineOfBoundedLength() {
        assertThat(Reason.of(new IllegalStateException("first\nsecond"))).isEqualTo("first");
        assertThat(Reason.of(new IllegalStateException("\nfirst"))).isEqualTo("first");
        assertThat(Reason.of(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
        assertThat(Reason.of(new IllegalStateException("a\0b"))).isEqualTo("a\uFFFDb");
        String reason = Reason.of(new IllegalStateException("😀".repeat(1_000_000)));
        assertThat(reason.codePointCount(0, reason.length())).isEqualTo(1_000);
        assertThat(reason).endsWith("😀…");
    }

    @Test
    void onlyWhatIsWrongWithTheValuesIsARefusal() {
        assertThat(Reason.isRefusal(told("22021"))).as("a zero byte").isTrue();
        assertThat(Reason.isRefusal(told("23505"))).as("a key that is taken").isTrue();
        assertThat(Reason.isRefusal(told("25006"))).as("a standby").isFalse();
        assertThat(Reason.isRefusal(told("42501"))).as("no permission").isFalse();
        assertThat(Reason.isRefusal(told("53100"))).as("a full disk").isFalse();
        assertThat(Reason.isRefusal(told("08006"))).as("no connection").isFalse();
    }

    private static DataAccessException told(String state) {
        SQLException error = new SQLException("says PostgreSQL", state);
        DataAccessException known = new SQLStateSQLExceptionTranslator().translate("test", null, error);
        return known == null ? new UncategorizedSQLException("test", null, error) : known;
    }
}
