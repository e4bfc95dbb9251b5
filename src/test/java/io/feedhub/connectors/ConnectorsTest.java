package io.feedhub.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.connectors.http.OutcomeUnknown;
import io.feedhub.connectors.http.QuotaSpent;
import io.feedhub.connectors.http.ServiceDown;
import io.feedhub.connectors.http.ServiceRefused;
import io.feedhub.sandbox.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every connector against its stand-in: what it answers, and how it fails. */
class ConnectorsTest {
    private static Steps steps;

    @BeforeAll
    static void start() {
        steps = new Steps(Map.of(
                "feedhub.services.numu.pause", "0s",
                "feedhub.services.browser.timeout", "2s",
                "feedhub.services.nobody.url", "http://127.0.0.1:1",
                "feedhub.youtube.daily-searches", 2));
    }

    @AfterAll
    static void stop() {
        steps.close();
    }

    @AfterEach
    void restore() {
        List.of("numu", "noosphere", "browser", "orbit", "tie", "gcs").forEach(steps.world()::restore);
    }

    @Test
    void anAnswerIsMapsAndLists() {
        assertThat((List<?>) ((Map<?, ?>) sentinel()).get("services")).hasSize(8);
    }

    @Test
    void aMissingMemberIsNamed() {
        assertThat(steps.failure("numu-action", Map.of("path", "/sentinel", "needs", "services, weather")))
                .isInstanceOf(ServiceRefused.class)
                .hasMessage("numu /sentinel answered without weather");
    }

    @Test
    void aHeaderDoesNotSteerTheRequest() {
        Map<String, Object> headers =
                Map.of("CamelHttpUri", "http://127.0.0.1:1/", "CamelHttpPath", "/acmp", "CamelHttpMethod", "POST");
        Object answer = steps.call("numu-action", Map.of("path", "/fleet"), "", headers);
        assertThat(answer.toString()).startsWith("{nodes=");
    }

    @Test
    void aValueCannotLeaveItsPlaceInAPath() {
        assertThat(steps.failure("numu-action", Map.of("path", "/fleet/${body}"), "../acmp?x=1"))
                .hasMessageStartingWith("numu /fleet/..%2Facmp%3Fx%3D1 answered 404");
        assertThat(steps.failure("numu-action", Map.of("path", "/fleet/../acmp")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no path below a service");
    }

    @Test
    void eachFailureHasItsType() {
        assertFails(Fault.DOWN, ServiceDown.class, "numu /sentinel answered 503");
        assertFails(Fault.DENIED, ServiceRefused.class, "numu /sentinel answered 401: who are you?");
        assertFails(Fault.GARBLED, ServiceRefused.class, "numu /sentinel answered what is not JSON");
        assertFails(Fault.HUGE, ServiceRefused.class, "numu /sentinel: the answer is longer than 8 MiB");
        assertFails(
                Fault.MOVED, ServiceRefused.class, "numu /sentinel answered 302: a redirection, which is not followed");
        assertFails(Fault.LOST, ServiceDown.class, "numu /sentinel broke off");
    }

    @Test
    void whatMayHaveTakenEffectIsNotWorthAnotherTry() {
        Map<String, String> seed = Map.of("path", "/memory/seed", "method", "POST", "body", "{\"id\": \"a\"}");
        steps.world().fault("numu", Fault.LOST);
        assertThat(steps.failure("numu-action", seed)).isInstanceOf(OutcomeUnknown.class);
        Map<String, String> repeatable = new java.util.HashMap<>(seed);
        repeatable.put("repeatable", "true");
        assertThat(steps.failure("numu-action", repeatable)).isInstanceOf(ServiceDown.class);
        assertThat(steps.failure(
                        "http-action", Map.of("service", "nobody", "path", "/", "method", "POST", "body", "{}")))
                .isInstanceOf(ServiceDown.class)
                .hasMessage("nobody is not reached");
    }

    @Test
    void aSlowServiceIsGivenUp() {
        steps.world().fault("browser", Fault.SLOW);
        assertThat(steps.failure("browser-action", Map.of("url", "https://example.com/a")))
                .isInstanceOf(ServiceDown.class)
                .hasMessage("browser /pages did not answer in time");
    }

    @Test
    void aServiceThatAsksForItIsLeftAlone() {
        steps.world().fault("orbit", Fault.LIMITED);
        Map<String, String> design = Map.of("path", "/designs", "method", "POST", "body", "{\"title\": \"x\"}");
        assertThat(steps.failure("orbit-action", design)).hasMessage("orbit /designs answered 429");
        steps.world().restore("orbit");
        assertThat(steps.failure("orbit-action", design))
                .isInstanceOf(ServiceDown.class)
                .hasMessageMatching("orbit asked to be left alone until 2\\S+Z: orbit /designs answered 429");
    }

    @Test
    void aServiceThatFailsAgainAndAgainIsLeftAlone() {
        steps.world().fault("tie", Fault.DOWN);
        for (int i = 0; i < 10; i++) {
            assertThat(steps.failure("tie-action", Map.of())).hasMessage("tie /runs answered 503");
        }
        steps.world().restore("tie");
        assertThat(steps.failure("tie-action", Map.of()))
                .isInstanceOf(ServiceDown.class)
                .hasMessageMatching(
                        "tie failed again and again and is left alone since 2\\S+Z, but for a try every 15 s;"
                                + " the last failure: tie /runs answered 503");
    }

    @Test
    void aToolAnswersItsContent() {
        steps.world().noosphere().dream("d-9", "A \"quoted\" dream");
        assertThat(tool("list_dreams", "{\"since\": \"2000-01-01T00:00:00Z\"}", "")
                        .toString())
                .contains("A \"quoted\" dream");
        assertThat(tool("add_node", "{\"title\": \"${body}\"}", "say \"hi\", \"title\": \"no\"")
                        .toString())
                .startsWith("{id=n-");
        assertThat(tool("list_nodes", "{}", "").toString()).contains("title=say \"hi\", \"title\": \"no\",");
    }

    @Test
    void anOldServerIsSpokenToInItsProtocolAndMayForgetItsSession() {
        steps.world().fault("noosphere", Fault.OLD);
        for (int call = 0; call < 5; call++) {
            assertThat(tool("list_dreams", "{}", "").toString()).contains("mood=calm");
        }
        assertThat(steps.failure("mcp-action", Map.of("tool", "no_tool"))).hasMessageContaining("-32602");
    }

    @Test
    void aToolThatFailsIsAFailure() {
        assertThat(steps.failure("mcp-action", Map.of("tool", "add_node")))
                .isInstanceOf(ServiceRefused.class)
                .hasMessage("noosphere add_node failed: a node needs a title");
        assertThat(steps.failure("mcp-action", Map.of("tool", "no_tool"))).hasMessageContaining("-32602");
    }

    @Test
    void aPageIsReadAndNoPrivateAddressIsHandedOn() {
        assertThat(steps.call("browser-action", Map.of("url", "https://example.com/${body}"), "news")
                        .toString())
                .contains("A page about news");
        for (String url : List.of(
                "http://127.0.0.1/",
                "http://printer.local/",
                "file:///etc/passwd",
                "http://[::1]/",
                "http://169.254.169.254/",
                "http://a@b.com/",
                "http://0x7f000001/",
                "http://localhost/",
                "no")) {
            assertThat(steps.failure("browser-action", Map.of("url", url)))
                    .as(url)
                    .isInstanceOf(ServiceRefused.class);
        }
    }

    @Test
    void videosHaveNumbersAndComeFromManyPages() {
        for (int i = 0; i < 60; i++) {
            steps.world().upload();
        }
        List<?> uploads = (List<?>) steps.call(
                "youtube-action",
                Map.of(
                        "resource",
                        "playlistItems",
                        "part",
                        "snippet,contentDetails",
                        "query",
                        "playlistId=UU1",
                        "maxItems",
                        "55"));
        assertThat(uploads).hasSize(55);
        Map<?, ?> video = (Map<?, ?>) ((List<?>) steps.call(
                        "youtube-action",
                        Map.of("resource", "videos", "part", "statistics", "query", "id=${body}"),
                        "vid00000001"))
                .get(0);
        assertThat(((Map<?, ?>) video.get("statistics")).get("viewCount")).isInstanceOf(Number.class);
        assertThat(steps.hub().count("select units from feedhub.quota where name = 'youtube'"))
                .isGreaterThan(2);
    }

    @Test
    void noCommentsAreNoFailureAndASpentQuotaIs() {
        assertThat(steps.call("youtube-action", Map.of("resource", "commentThreads", "query", "videoId=vid00000002")))
                .isEqualTo(List.of());
        Map<String, String> search = Map.of("resource", "search", "query", "q=calm & slow");
        steps.call("youtube-action", search);
        steps.call("youtube-action", search);
        assertThat(steps.failure("youtube-action", search))
                .isInstanceOf(QuotaSpent.class)
                .hasMessageContaining("the day's 2 units are used up");
    }

    @Test
    void aReportIsRowsByColumn() {
        Map<String, String> report =
                Map.of("start", "2026-11-01", "end", "2026-11-02", "metrics", "views,likes", "dimensions", "day");
        assertThat(steps.call("youtube-analytics-action", report).toString())
                .startsWith("[{day=2026-11-01, views=1305, likes=1610}, {day=2026-11-02");
        assertThat(steps.call(
                        "youtube-analytics-action",
                        Map.of("start", "2099-01-01", "end", "2099-01-01", "metrics", "views")))
                .isEqualTo(List.of());
    }

    @Test
    void aQueryGivesNumbers() {
        assertThat(steps.call("prometheus-action", Map.of("query", "up{job=\"node\"}"))
                        .toString())
                .contains("instance=studio-mac")
                .contains("value=1.0");
        assertThat((List<?>) ((Map<?, ?>) ((List<?>) steps.call(
                                        "prometheus-action", Map.of("query", "up", "range", "10m", "step", "1m")))
                                .get(0))
                        .get("values"))
                .hasSize(11);
        assertThat(steps.call("prometheus-action", Map.of())).isEqualTo(List.of());
    }

    @Test
    void anObjectIsWrittenOnce() {
        Map<String, String> report = Map.of("bucket", "reports", "name", "2026/${header.no}größe.json");
        assertThat(put(report, Map.of("a", 1)).get("created")).isEqualTo(true);
        assertThat(put(report, Map.of("a", 1)).get("created")).isEqualTo(false);
        assertThat(steps.failure("gcs-action", report, Map.of("a", 2)))
                .isInstanceOf(ServiceRefused.class)
                .hasMessageContaining("is there already, with other content");
        assertThat(steps.call("gcs-action", Map.of("bucket", "reports", "prefix", "2026/"))
                        .toString())
                .contains("größe.json")
                .contains("size=7");
    }

    private static Map<?, ?> put(Map<String, String> parameters, Object body) {
        return (Map<?, ?>) steps.call("gcs-action", parameters, body);
    }

    private static Object tool(String tool, String arguments, String body) {
        return steps.call("mcp-action", Map.of("tool", tool, "arguments", arguments), body);
    }

    private static Object sentinel() {
        return steps.call("numu-action", Map.of("path", "/sentinel", "needs", "services"));
    }

    private static void assertFails(Fault fault, Class<?> type, String message) {
        steps.world().fault("numu", fault);
        assertThat(steps.failure("numu-action", Map.of("path", "/sentinel")))
                .as(fault.name())
                .isInstanceOf(type)
                .hasMessage(message);
    }
}
