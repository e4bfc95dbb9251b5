package io.feedhub.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.apache.camel.Exchange;
import org.apache.camel.language.jq.JqFunctions;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** jq's {@code var("name")}: a variable as JSON. Camel's own {@code variable("name")} makes a text of maps and numbers. */
@Component("var/1")
final class JqVariable implements Function {
    private final ObjectMapper json;

    JqVariable(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void apply(
            Scope scope, List<Expression> names, JsonNode in, Path path, PathOutput output, @Nullable Version version)
            throws JsonQueryException {
        Exchange exchange = JqFunctions.EXCHANGE_LOCAL.get();
        names.get(0).apply(scope, in, name -> {
            Object value = ExchangeHelper.getVariable(exchange, name.asText());
            output.emit(json.valueToTree(value), null);
        });
    }
}
