package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator gives messages a shape in beans/ and names it in a flow. */
class ShapeTest {
    private static final String BEANS =
            """
            - beans:
                - name: report
                  type: io.feedhub.delivery.Shape
                  properties:
                    title: "${body[service]} is ${body[status]}"
                    tone: "${body[status]}"
                    url: https://example.test/${body[service]}
                    text: |-
                      **Since** ${body[since]}
                      ${body[missing]}

                      ```
                      ${body[detail]}
                      ```
                    fields: |-
                      Service: ${body[service]}
                      Nothing: ${body[missing]}
                      Node: ${body[node]}
            """;
    private static final String FLOW =
            """
            - route:
                id: shaped
                nodePrefixId: shaped-
                group: operations
                description: Posts with a shape
                note: |-
                  when   daily
                  reads  nothing
                  writes nothing
                  posts  ops, a burst
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:operations/shaped
                  parameters:
                    cron: "0 0 0 * * ?"
                  steps:
                    - setBody: { constant: "{}" }
                    - setBody:
                        jq: '{service: "gateway", status: "down", since: "noon", detail: "a < b", node: "mac"}'
                    - policy:
                        ref: one-transaction
                        steps:
                          - loop:
                              constant: "3"
                              steps:
                                - to:
                                    uri: kamelet:discord-sink/shaped-post
                                    parameters: { channel: ops, shape: report, fold: true }
            """;

    private static final String FILE = "/api/files/beans/report";

    @TempDir
    private static Path folder;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes/operations"));
        Path beans = Files.createDirectories(folder.resolve("beans"));
        Files.writeString(beans.resolve("report.yaml"), BEANS);
        Files.writeString(routes.resolve("shaped.yaml"), FLOW);
        hub = new RunningHub(folder.resolve("routes"), Map.of("feedhub.beans", beans));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aShapeMakesTheMessageAndABurstArrivesAsOne() {
        int before = shaped().size();
        assertThat(hub.get("/api/flows").at("/items/0/problems")).isEmpty();
        assertThat(hub.run("shaped")).isEqualTo("done");
        hub.awaitDeliveries();
        assertThat(shaped()).hasSize(before + 1);
        JsonNode embeds = shaped().get(before).path("embeds");
        assertThat(embeds).hasSize(3);
        assertThat(embeds.at("/0/title").asText()).isEqualTo("gateway is down");
        assertThat(embeds.at("/0/color").asInt()).isEqualTo(0xED4245);
        assertThat(embeds.at("/0/url").asText()).isEqualTo("https://example.test/gateway");
        assertThat(embeds.at("/0/description").asText()).isEqualTo("**Since** noon\n\n```\na < b\n```");
        assertThat(embeds.at("/0/fields"))
                .extracting(field ->
                        field.path("name").asText() + "=" + field.path("value").asText())
                .containsExactly("Service=gateway", "Node=mac");
        assertThat(
                        hub.count(
                                "select count(distinct message_id) from feedhub.outgoing where state = 'delivered' and flow = 'shaped'"))
                .isEqualTo(before + 1);
    }

    @Test
    void anEditOfBeansGoesLiveWithTheFlowThatNamesThem() throws IOException {
        int base = revision();
        String text = Files.readString(onDisk());
        assertThat(hub.put(FILE, "", text).statusCode()).isEqualTo(428);
        HttpResponse<String> refused = hub.put(FILE, "" + base, text.replace("delivery.Shape", "delivery.Shap"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("beans/report.yaml").contains("findings");
        HttpResponse<String> stale = hub.put(FILE, "0", text + "# mine\n");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("+# mine");

        HttpResponse<String> taken =
                hub.put(FILE, "\"" + base + "\"", text.replace("${body[service]} is", "Now ${body[service]} is"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(taken.headers().firstValue("ETag")).hasValue("\"" + revision() + "\"");
        assertThat(title()).isEqualTo("Now gateway is down");
        assertThat(onDisk()).content().contains("Now ${body[service]}");
        assertThat(hub.get(FILE + "/revisions/" + revision() + "/diff?from=" + base)
                        .path("diff")
                        .asText())
                .contains("+        title: \"Now");

        assertThat(hub.post(FILE + "/rollback?to=" + base)).isEqualTo(200);
        assertThat(title()).isEqualTo("gateway is down");
        assertThat(onDisk()).hasContent(BEANS);
        assertThat(hub.database()
                        .sql(
                                "select action || ' ' || result from feedhub.audit where subject = 'beans/report' order by id")
                        .query(String.class)
                        .list())
                .containsSubsequence("file.edit refused", "file.edit refused", "file.edit done", "file.rollback done");
    }

    @Test
    void beansThatAFlowNamesStayAndOthersGo() {
        assertThat(delete("report", revision()).statusCode()).isEqualTo(422);
        assertThat(title()).endsWith("gateway is down");
        assertThat(onDisk()).exists();

        HttpResponse<String> made =
                hub.put("/api/files/beans/spare", "0", BEANS.replace("name: report", "name: spare"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(onDisk().resolveSibling("spare.yaml")).exists();
        assertThat(delete("spare", 1).statusCode()).isEqualTo(204);
        assertThat(onDisk().resolveSibling("spare.yaml")).doesNotExist();
    }

    @Test
    void onlyFilesThatFlowsShareAreFiles() {
        assertThat(hub.put("/api/files/operations/shaped", "1", FLOW).statusCode())
                .isEqualTo(404);
        assertThat(hub.put("/api/files/beans/x.test", "0", BEANS).statusCode()).isEqualTo(400);
        assertThat(hub.put("/api/files/beans/route", "0", FLOW).statusCode()).isEqualTo(422);
    }

    @Test
    void theSearchOfTheDeskFindsWhatIsInAFileThatFlowsShare() {
        assertThat(hub.send("GET", "/search?q=body%5Bmissing", true).body())
                .contains("href=\"/files/beans/report\"", "${body[missing]}")
                .doesNotContain("/flows/shaped");
        assertThat(hub.send("GET", "/search?q=REPORT", true).body())
                .contains("href=\"/files/beans/report\"", "href=\"/flows/shaped\"");
    }

    private static HttpResponse<String> delete(String name, int base) {
        return hub.delete("/api/files/beans/" + name, Integer.toString(base));
    }

    private static Path onDisk() {
        return folder.resolve("beans/report.yaml");
    }

    private static String title() {
        int before = shaped().size();
        assertThat(hub.run("shaped")).isEqualTo("done");
        hub.awaitDeliveries();
        return shaped().get(before).at("/embeds/0/title").asText();
    }

    /** The messages of the flow, without those of the hub. */
    private static List<JsonNode> shaped() {
        return hub.standIns().discord().messages("ops").stream()
                .filter(message -> message.at("/embeds/0/title").asText().contains("gateway"))
                .toList();
    }

    private static int revision() {
        for (JsonNode file : hub.get("/api/files").path("items")) {
            if (file.path("file").asText().equals("beans/report.yaml")) {
                return file.path("revision").asInt();
            }
        }
        throw new AssertionError("beans/report.yaml is not live");
    }
}
