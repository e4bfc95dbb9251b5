package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What MCP servers of both protocols say, and which of it is a refusal. */
class McpTest {
    private static final ScriptedMcp.Reply NO_TITLE = ScriptedMcp.error(400, -32602, "a node needs a title", "{}");
    private static final ScriptedMcp.Reply MODERN_ONLY = ScriptedMcp.error(
            400, -32022, "Unsupported protocol version", "{\"supported\": [\"" + ScriptedMcp.MODERN + "\"]}");

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

    @Test
    void whatAServerOfBothProtocolsRefusesIsCalledOnce() {
        server.say(asked -> asked.tool().equals("greet") ? ScriptedMcp.result("hello") : NO_TITLE);
        call("greet");
        assertThat(failure("add_node"))
                .isInstanceOf(ServiceRefused.class)
                .hasMessage(service + " add_node answered -32602: a node needs a title");
        assertThat(server.calls()).hasSize(2).allMatch(ScriptedMcp.Asked::isModern);
    }

    @Test
    void aPageIsARefusalOfAServerThatIsKnown() {
        server.say(asked -> ScriptedMcp.result("hello"));
        call("greet");
        server.say(asked -> new ScriptedMcp.Reply(400, "{\"message\": \"too much\"}"));
        assertThat(failure("greet")).isInstanceOf(ServiceRefused.class).hasMessage(service + " answered 400: too much");
        assertThat(server.calls()).hasSize(1);
    }

    /** Each in the words of the protocol: the headers that it asks for, its version, its methods. */
    @Test
    void whatAServerOfTheModernProtocolRefusesAtTheFirstCallIsSaidInItsOwnWords() {
        for (ScriptedMcp.Reply refusal : List.of(
                ScriptedMcp.error(400, -32020, "Header mismatch", "{}"),
                MODERN_ONLY,
                ScriptedMcp.error(404, -32601, "Method not found", "{}"))) {
            server.say(asked -> NO_TITLE);
            server.refuseSessions(refusal);
            assertThat(failure("add_node"))
                    .isInstanceOf(ServiceRefused.class)
                    .hasMessage(service + " add_node answered -32602: a node needs a title");
        }
    }

    @Test
    void whatAToolOfAKnownServerFailsWithIsNotTriedInTheOldProtocol() {
        server.say(asked -> asked.isModern() ? ScriptedMcp.result("new") : ScriptedMcp.result("old"));
        assertThat(call("greet")).isEqualTo(Map.of("text", "new"));
        server.say(asked ->
                asked.isModern() ? ScriptedMcp.error(400, -32000, "failed half-way", "{}") : ScriptedMcp.result("old"));
        assertThat(failure("greet")).isInstanceOf(ServiceRefused.class).hasMessageContaining("failed half-way");
    }

    @Test
    void aServerMayChangeItsProtocolAndChangeItBack() {
        for (ScriptedMcp.Reply refusal : List.of(
                ScriptedMcp.error(
                        400, -32022, "Unsupported protocol version", "{\"supported\": [\"" + ScriptedMcp.OLD + "\"]}"),
                ScriptedMcp.error(400, -32000, "Bad Request: Unsupported protocol version: 2026-07-28", "{}"),
                ScriptedMcp.error(400, -32600, "Bad Request: Missing session ID", "{}"))) {
            server.say(asked -> asked.isModern() ? ScriptedMcp.result("new") : MODERN_ONLY);
            assertThat(call("greet")).isEqualTo(Map.of("text", "new"));
            server.say(asked -> asked.isModern() ? refusal : ScriptedMcp.result("old"));
            assertThat(call("greet")).isEqualTo(Map.of("text", "old"));
        }
    }

    /** It may be a page of a proxy, and the tool may have been called; the next call finds out. */
    @Test
    void aServerThatBecomesOldInPlainTextIsSpokenToInItsProtocolFromTheNextCallOn() {
        server.say(asked -> ScriptedMcp.result("new"));
        call("greet");
        server.say(asked -> asked.isModern() ? ScriptedMcp.UNKNOWN : ScriptedMcp.result("old"));
        assertThat(failure("greet")).isInstanceOf(ServiceRefused.class).hasMessage(service + " answered 400");
        assertThat(call("greet")).isEqualTo(Map.of("text", "old"));
    }

    @Test
    void ofTwoFirstCallsToAnOldServerBothSucceed() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        server.say(asked -> {
            if (asked.isModern() && asked.tool().equals("late")) {
                await(late);
            }
            return asked.isModern() ? ScriptedMcp.UNKNOWN : ScriptedMcp.result(asked.tool());
        });
        CompletableFuture<Object> second = CompletableFuture.supplyAsync(() -> call("late"));
        server.awaitCalls(1);
        assertThat(call("early")).isEqualTo(Map.of("text", "early"));
        late.countDown();
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(Map.of("text", "late"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(int n) {
        return "mcp" + n;
    }

    private Object call(String tool) {
        return steps.call("mcp-action", Map.of("service", service, "tool", tool));
    }

    private Throwable failure(String tool) {
        return steps.failure("mcp-action", Map.of("service", service, "tool", tool));
    }
}
