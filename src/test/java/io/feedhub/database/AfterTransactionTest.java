package io.feedhub.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AfterTransactionTest {
    private final TransactionTemplate transaction = new TransactionTemplate(
            new DataSourceTransactionManager(TestDatabase.migrated().dataSource()));
    private final List<String> done = new ArrayList<>();

    @Test
    void afterACommitItsWorkIsDoneAndNotBefore() {
        transaction.executeWithoutResult(status -> {
            registerAll();
            assertThat(done).isEmpty();
        });
        assertThat(done).containsExactlyInAnyOrder("committed", "ended");
    }

    @Test
    void afterARollbackTheOtherWorkIs() {
        transaction.executeWithoutResult(status -> {
            registerAll();
            status.setRollbackOnly();
        });
        assertThat(done).containsExactlyInAnyOrder("not committed", "ended");
    }

    @Test
    void outsideOfATransactionItIsDoneAtOnce() {
        registerAll();
        assertThat(done).containsExactly("committed", "ended");
    }

    private void registerAll() {
        AfterTransaction.onCommit(() -> done.add("committed"), () -> done.add("not committed"));
        AfterTransaction.onEnd(() -> done.add("ended"));
    }
}
