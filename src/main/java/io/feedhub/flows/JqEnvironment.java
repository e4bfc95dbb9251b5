package io.feedhub.flows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** In place of jq's own {@code env}, which would show a flow the process's environment, and so every password. */
@Component("env/0")
final class JqEnvironment implements Function {
    @Override
    public void apply(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            Path path,
            PathOutput output,
            @Nullable Version version)
            throws JsonQueryException {
        throw new JsonQueryException("a flow does not read the environment");
    }
}
