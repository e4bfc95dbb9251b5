package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxMessagesTest {
    private static final String WHOLE =
            """
            {"channel":"intel","message":{"content":"first"}}
            """;

    @TempDir
    private Path folder;

    @Test
    void aMessageThatWasCutIsLeftOutAndTheNextOneIsKept() throws IOException {
        Path messages = folder.resolve("discord.jsonl");
        byte[] cut = "{\"channel\":\"intel\",\"message\":{\"content\":\"caf\u00e9".getBytes(StandardCharsets.UTF_8);
        Files.writeString(messages, WHOLE);
        Files.write(messages, Arrays.copyOf(cut, cut.length - 1), StandardOpenOption.APPEND);
        assertThat(restored(messages)).containsExactly("first");
        Files.writeString(messages, WHOLE.replace("first", "second"), StandardOpenOption.APPEND);
        assertThat(restored(messages)).containsExactly("first", "second");
    }

    private static List<String> restored(Path messages) throws IOException {
        DiscordStandIn discord = new DiscordStandIn(Clock.systemUTC(), new ObjectMapper(), List.of("intel"), 0);
        new Sandbox().restoreMessages(discord, messages);
        return discord.messages("intel").stream()
                .map(message -> message.path("content").asText())
                .toList();
    }
}
