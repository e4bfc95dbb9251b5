package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What MCP servers of both protocols say, and which of it is a refusal. */
class McpTest {
    private static final int NAMES = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static ScriptedMcp server;
    private static Steps steps;

    /** A name of the server by which the hub has not met it. */
    private final String service = name(NUMBER.getAndIncrement());

    @BeforeAll
    static void start() throws IOException {
        server = new ScriptedMcp();
        Map<String, Object> settings = new TreeMap<>();
        for (int n = 0; n < NAMES; n++) {
            settings.put("feedhub.services." + name(n) + ".url", server.url());
        }
        steps = new Steps(settings);
    }

    @AfterAll
    static void stop() {
        steps.close();
        server.close();
    }

    @Test
    void aSessionThatIsRefusedInPlainTextIsRenewed() {
        server.say(asked -> asked.isModern() ? ScriptedMcp.UNKNOWN : ScriptedMcp.result("hello"));
        assertThat(call("greet")).isEqualTo(Map.of("text", "hello"));
        server.forgetSessions();
        assertThat(call("greet")).isEqualTo(Map.of("text", "hello"));
    }

    private static String name(int n) {
        return "mcp" + n;
    }

    private Object call(String tool) {
        return steps.call("mcp-action", Map.of("service", service, "tool", tool));
    }
}
