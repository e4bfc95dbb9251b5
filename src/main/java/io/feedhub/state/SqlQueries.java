package io.feedhub.state;

import java.sql.SQLException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlConstants;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** Keeps a {@code sql} step to the query that the flow says, which was checked: Camel prefers one that a header has. */
@Component
final class SqlQueries implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (endpoint instanceof SqlEndpoint sql) {
                sql.setPrepareStatementStrategy(new Said(sql.getSeparator()));
            }
            return endpoint;
        });
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // endpoints are made later, and each is seen then
    }

    static final class Said extends DefaultSqlPrepareStatementStrategy {
        Said(char separator) {
            super(separator);
        }

        @Override
        public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) throws SQLException {
            if (exchange.getIn().getHeader(SqlConstants.SQL_QUERY) != null) {
                throw new IllegalStateException(
                        "a message does not say the query: remove its header " + SqlConstants.SQL_QUERY);
            }
            return super.prepareQuery(query, allowNamedParameters, exchange);
        }
    }
}
