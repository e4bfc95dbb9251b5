package io.feedhub.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.Exchange;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SqlQueriesTest {
    @Test
    void aMessageDoesNotSayTheQuery() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getComponent("sql", SqlComponent.class).setDataSource(new DriverManagerDataSource());
            new SqlQueries().beforeApplicationStart(camel);
            var queries = camel.getEndpoint("sql:select 1", SqlEndpoint.class).getPrepareStatementStrategy();
            Exchange exchange = new DefaultExchange(camel);
            exchange.getIn().setHeader("name", "x");
            assertThat(queries.prepareQuery("select :?name", true, exchange)).isEqualTo("select ?");
            exchange.getIn().setHeader("CamelSqlQuery", "select 2");
            assertThatThrownBy(() -> queries.prepareQuery("select 2", true, exchange))
                    .hasMessageContaining("CamelSqlQuery");
        }
    }
}
