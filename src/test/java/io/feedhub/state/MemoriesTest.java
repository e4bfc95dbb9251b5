package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Variables, their versions, and what is forgotten. */
class MemoriesTest {
    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient database = JdbcClient.create(dataSource);
    private final RunTransaction transaction = new RunTransaction(new JdbcTransactionManager(dataSource), database);
    private final StateVariables variables =
            new StateVariables(new VariableTable(database), new Json(new ObjectMapper()));
    private final Memories memories = new Memories(database, new VariableTable(database));

    @AfterEach
    void stop() {
        transaction.destroy();
    }

    @Test
    void whatAVariableHeldCanBeWrittenAgain() throws InterruptedException {
        write(17L, exchange -> variables.setVariable("f.cursor", Map.of("page", 1)));
        write(18L, exchange -> variables.setVariable("f.cursor", "oops"));
        assertThat(memories.versions("f", "cursor"))
                .extracting(Variable::version, Variable::value, Variable::run)
                .containsExactly(tuple(2L, "\"oops\"", 18L), tuple(1L, "{\"page\": 1}", 17L));
        assertThat(memories.restore("f", "cursor", 1)).isTrue();
        assertThat(variables.getVariable("f.cursor")).isEqualTo(Map.of("page", 1));
        assertThat(memories.of("f").items().get(0).version()).isEqualTo(3);
        assertThat(memories.of("f").items().get(0).origin()).isEqualTo("operator");
        assertThat(memories.restore("f", "cursor", 9)).isFalse();
    }

    @Test
    void aVersionThatIsNoLongerListedCanBeWrittenAgain() throws InterruptedException {
        for (int page = 1; page <= 102; page++) {
            int now = page;
            write(page, exchange -> variables.setVariable("f.page", now));
        }
        assertThat(memories.versions("f", "page")).hasSize(100);
        assertThat(memories.restore("f", "page", 1)).isTrue();
        assertThat(variables.getVariable("f.page")).isEqualTo(1);
    }

    @Test
    void aRemovedVariableCanComeBackAndCountsOn() throws InterruptedException {
        write(1L, exchange -> variables.setVariable("f.n", 1));
        write(2L, exchange -> variables.removeVariable("f.n"));
        assertThat(variables.getVariable("f.n")).isNull();
        assertThat(memories.restore("f", "n", 1)).isTrue();
        assertThat(variables.getVariable("f.n")).isEqualTo(1);
        assertThat(memories.of("f").items().get(0).version()).isEqualTo(2);
    }

    @Test
    void theSameValueIsNoNewVersion() throws InterruptedException {
        write(1L, exchange -> variables.setVariable("f.n", List.of(1, 2)));
        write(2L, exchange -> variables.setVariable("f.n", List.of(1, 2)));
        assertThat(memories.versions("f", "n")).hasSize(1);
    }

    @Test
    void aRolledBackWriteLeavesNoVersion() throws InterruptedException {
        write(1L, exchange -> {
            variables.setVariable("f.n", 1);
            throw new IllegalStateException("fails");
        });
        assertThat(memories.versions("f", "n")).isEmpty();
    }

    @Test
    void whatIsOldIsForgottenByFlow() {
        database.sql(
                        """
                insert into feedhub.seen (flow, key, claim, seen_at)
                select flow, 'k' || days, '', now() - days * interval '1 day'
                from unnest(array['f', 'g']) flow, unnest(array[1, 50, 500]) days""")
                .update();
        database.sql(
                        """
                insert into feedhub.state_version (flow, name, version, value, origin, updated_at, ended_at)
                select 'f', 'n', days, '1', 'flow', now(), now() - days * interval '1 day'
                from unnest(array[1, 50, 500]) days""")
                .update();
        RetentionSettings keeping =
                new RetentionSettings(Duration.ofDays(400), Map.of("g", Duration.ofDays(10)), Duration.ofDays(30));
        assertThat(new Retention(database, keeping).forget()).isEqualTo(5);
        assertThat(memories.count("f")).isEqualTo(2);
        assertThat(memories.count("g")).isEqualTo(1);
        assertThat(memories.versions("f", "n")).hasSize(1);
    }

    @Test
    void aPersonForgetsOneKeyOrOldOnes() {
        database.sql(
                        """
                insert into feedhub.seen (flow, key, claim, seen_at)
                select 'f', 'k' || days, '', now() - days * interval '1 day' from unnest(array[1, 50, 500]) days""")
                .update();
        assertThat(memories.forget("f", "k1")).isTrue();
        assertThat(memories.forget("f", "k1")).isFalse();
        assertThat(memories.forgetOlderThan("f", Integer.MAX_VALUE)).isZero();
        assertThat(memories.forgetOlderThan("f", 100)).isEqualTo(1);
        assertThatThrownBy(() -> memories.forgetOlderThan("f", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(memories.count("f")).isEqualTo(1);
    }

    private void write(long run, Processor steps) throws InterruptedException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty("feedhub.flow", "f");
        exchange.setProperty("feedhub.run", run);
        transaction.run(exchange, steps);
    }
}
