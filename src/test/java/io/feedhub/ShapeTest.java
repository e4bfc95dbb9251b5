package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    @TempDir
    private Path folder;

    @Test
    void aShapeMakesTheMessageAndABurstArrivesAsOne() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes/operations"));
        Path beans = Files.createDirectories(folder.resolve("beans"));
        Files.writeString(beans.resolve("report.yaml"), BEANS);
        Files.writeString(routes.resolve("shaped.yaml"), FLOW);
        try (RunningHub hub = new RunningHub(folder.resolve("routes"), Map.of("feedhub.beans", beans))) {
            assertThat(hub.get("/api/flows").at("/items/0/problems")).isEmpty();
            assertThat(hub.run("shaped")).isEqualTo("done");
            hub.awaitDeliveries();
            assertThat(hub.standIns().discord().messages("ops")).hasSize(1);
            JsonNode embeds = hub.standIns().discord().messages("ops").get(0).path("embeds");
            assertThat(embeds).hasSize(3);
            assertThat(embeds.at("/0/title").asText()).isEqualTo("gateway is down");
            assertThat(embeds.at("/0/color").asInt()).isEqualTo(0xED4245);
            assertThat(embeds.at("/0/url").asText()).isEqualTo("https://example.test/gateway");
            assertThat(embeds.at("/0/description").asText()).isEqualTo("**Since** noon\n\n```\na < b\n```");
            assertThat(embeds.at("/0/fields"))
                    .extracting(field -> field.path("name").asText() + "="
                            + field.path("value").asText())
                    .containsExactly("Service=gateway", "Node=mac");
            assertThat(hub.count("select count(distinct message_id) from feedhub.outgoing where state = 'delivered'"))
                    .isEqualTo(1);
        }
    }
}
