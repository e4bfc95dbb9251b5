package io.feedhub.connectors.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code mcp-action}: {@code service}, {@code tool} and {@code arguments}. The body becomes the tool's
 * structured content; without it, its text read as JSON; without that, a map with the member text.
 */
@Component("mcpAction")
final class McpAction implements Processor {
    private final McpServers servers;
    private final ObjectMapper json;

    McpAction(McpServers servers, ObjectMapper json) {
        this.servers = servers;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        String arguments = with.json("arguments");
        ToolCall call = new ToolCall(
                with.raw("service"),
                with.raw("tool"),
                arguments.isEmpty() ? json.createObjectNode() : json.readTree(arguments),
                Boolean.parseBoolean(with.raw("repeatable")));
        JsonNode result = servers.call(call);
        exchange.getMessage().setBody(content(call, result));
    }

    private Object content(ToolCall call, JsonNode result) {
        String text = text(result);
        String type = result.path("resultType").asText("complete");
        if (result.path("isError").asBoolean()) {
            throw new ServiceRefused(call.name() + " failed: " + text);
        }
        if (!type.equals("complete")) {
            throw new ServiceRefused(call.name() + " did not complete: " + type);
        }
        JsonNode data = result.path("structuredContent");
        if (!data.isContainerNode()) {
            data = container(text);
        }
        Object read = Answer.data(data);
        return read == null ? Map.of("text", text) : read;
    }

    private static String text(JsonNode result) {
        return StreamSupport.stream(result.path("content").spliterator(), false)
                .filter(block -> block.path("type").asText().equals("text"))
                .map(block -> block.path("text").asText())
                .collect(Collectors.joining("\n"));
    }

    private JsonNode container(String text) {
        try {
            JsonNode read = json.readTree(text);
            return read.isContainerNode() ? read : json.missingNode();
        } catch (IOException e) {
            return json.missingNode(); // prose, then
        }
    }
}
