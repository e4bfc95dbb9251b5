package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an author writes in a connector's parameter is what arrives. */
class ConnectorsTest {
    private static final String FLOW =
            """
            - route:
                id: letter
                nodePrefixId: letter-
                group: operations
                description: Posts what is hard to write
                note: |-
                  when   asked
                  reads  nothing
                  writes nothing
                  posts  infra, three messages a run
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:operations/letter
                  parameters: { cron: "0 0 0 1 1 ? 2099" }
                  steps:
                    - setVariable: { name: who, constant: "Tom & Jerry" }
                    - to:
                        uri: kamelet:discord-sink/letter-first
                        parameters:
                          channel: infra
                          title: "1 + 1 & more (really) of ${variable.who}, 100 % sure"
                          text: |-
                            **Doing**
                            - a & b
                            - "c"

                            **Stuck**
                            - d=e?
                    - to:
                        uri: kamelet:discord-sink/letter-second
                        parameters: { channel: infra, title: "RAW(x & y)", text: "RAW(one &\\ntwo)" }
                    - to:
                        uri: kamelet:discord-sink/letter-third
                        parameters: { channel: infra, title: "x&location=http://127.0.0.1:1/k&channel=ops" }
            """;

    @Test
    void aConnectorsParametersArriveAsTheyWereWritten(@TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("operations")).resolve("letter.yaml"), FLOW);
        try (RunningHub hub = new RunningHub(folder, Map.of("feedhub.beans", folder.resolve("beans")))) {
            assertThat(hub.run("letter")).isEqualTo("done");
            hub.awaitDeliveries();
            JsonNode first = hub.standIns().discord().messages("infra").get(0).at("/embeds/0");
            assertThat(first.path("title").asText()).isEqualTo("1 + 1 & more (really) of Tom & Jerry, 100 % sure");
            assertThat(first.path("description").asText())
                    .isEqualTo("**Doing**\n- a & b\n- \"c\"\n\n**Stuck**\n- d=e?");
            JsonNode second = hub.standIns().discord().messages("infra").get(1).at("/embeds/0");
            assertThat(second.path("title").asText()).isEqualTo("x & y");
            assertThat(second.path("description").asText()).isEqualTo("one &\ntwo");
            assertThat(hub.standIns()
                            .discord()
                            .messages("infra")
                            .get(2)
                            .at("/embeds/0/title")
                            .asText())
                    .as("no other parameter can be smuggled in")
                    .isEqualTo("x&location=http://127.0.0.1:1/k&channel=ops");
        }
    }
}
