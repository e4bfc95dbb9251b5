package io.feedhub.state;

import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Keeps a {@code sql} step with {@code batch: true} from committing. Camel does so after the batch by default, unless the
 * exchange is marked as transacted by its own EIP, and would commit rows before the messages that belong to them.
 */
@Component
final class SqlBatches implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getComponent("sql", SqlComponent.class).setBatchAutoCommitDisabled(false);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // endpoints take the component's setting when they are made, so it is set before the first
    }
}
