package io.feedhub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a machine to run one of its named commands. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Ask a machine to run one of its named commands, such as: ask studio-mac ping word=hello")
final class AskCommand extends CallCommand {

    @Parameters(index = "0", paramLabel = "MACHINE", description = "Where it must run: the node's name.")
    private String machine = "";

    @Parameters(index = "1", paramLabel = "COMMAND", description = "A name under feedhub.commands of that machine.")
    private String command = "";

    @Parameters(index = "2..*", paramLabel = "NAME=VALUE", description = "The command's free arguments.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    @Option(names = "--key", description = "An idempotency key: asked twice with the same key, it runs once.")
    private @Nullable String key;

    @Override
    JsonNode call(HubClient hub) {
        Map<String, Object> question = new LinkedHashMap<>(Map.of("machine", machine, "command", command));
        question.put("arguments", arguments);
        if (key != null) {
            question.put("key", key);
        }
        return hub.post("/api/commands", question);
    }

    @Override
    String words(JsonNode asked) {
        String where = asked.path("machine").asText();
        return asked.path("command").asText() + " is number "
                + asked.path("id").asText() + " in the queue of " + where + "; see ./feedhub commands --machine "
                + where;
    }
}
