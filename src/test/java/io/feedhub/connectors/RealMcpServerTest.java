package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference server of the Model Context Protocol, over streamable HTTP. */
class RealMcpServerTest {
    private static final Path SERVER =
            Path.of("target/mcp/node_modules/@modelcontextprotocol/server-everything/dist/index.js");

    @TempDir
    private Path folder;

    @Test
    void itsToolsAnswer() throws IOException {
        RealServer.require(
                Files.exists(SERVER) && RealServer.onPath("node"),
                "no reference server; npm install --prefix target/mcp @modelcontextprotocol/server-everything");
        try (RealServer server = RealServer.start(folder.resolve("log"), RealMcpServerTest::server);
                Steps steps = new Steps(Map.of("feedhub.services.everything.url", server.url() + "/mcp"))) {
            assertThat(tool(steps, "echo", "{\"message\": \"wide, \\\"quoted\\\" ☕\"}"))
                    .isEqualTo(Map.of("text", "Echo: wide, \"quoted\" ☕"));
            assertThat(tool(steps, "get-sum", "{\"a\": 20, \"b\": 22}").toString())
                    .contains("42");
            assertThat(tool(steps, "get-structured-content", "{\"location\": \"New York\"}")
                            .toString())
                    .contains("temperature=", "humidity=");
            assertThat(steps.failure("mcp-action", Map.of("service", "everything", "tool", "no-such-tool")))
                    .isInstanceOf(ServiceRefused.class);
        }
    }

    private static ProcessBuilder server(int port) {
        ProcessBuilder server = new ProcessBuilder("node", SERVER.toString(), "streamableHttp");
        server.environment().put("PORT", Integer.toString(port));
        return server;
    }

    private static Object tool(Steps steps, String tool, String arguments) {
        return steps.call("mcp-action", Map.of("service", "everything", "tool", tool, "arguments", arguments));
    }
}
