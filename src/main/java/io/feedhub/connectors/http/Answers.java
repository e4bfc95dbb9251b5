package io.feedhub.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a service's answer into maps and lists, or says in one line why not. Called by the Kamelets. */
@Component("answers")
public final class Answers {
    private final ObjectMapper json;

    Answers(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The answer as maps and lists.
     *
     * @param needs names of members that the answer must have, separated by commas; others may come and go
     * @throws ServiceDown on 408, 429 and 5xx
     * @throws ServiceRefused on any other failure
     */
    public @Nullable Object read(
            Exchange exchange,
            @Header("service") String service,
            @Header("needs") @Nullable String needs,
            @Header(Exchange.HTTP_PATH) String path)
            throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String call = service + " " + path;
        if (status == 408 || status == 429 || status >= 500) {
            throw new ServiceDown(call + " answered " + status);
        }
        byte[] body = body(exchange, call);
        if (status < 200 || status > 299) {
            throw new ServiceRefused(call + " answered " + status + reason(body));
        }
        Object answer = parse(body, call);
        requireMembers(answer, needs, call);
        return answer;
    }

    private static byte[] body(Exchange exchange, String call) throws IOException {
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            return body == null ? new byte[0] : body.readAllBytes();
        } catch (IOException e) {
            throw new ServiceDown(call + " broke off: " + e.getMessage(), e);
        }
    }

    private @Nullable Object parse(byte[] body, String call) {
        if (body.length == 0) {
            return null;
        }
        try {
            return json.readValue(body, Object.class);
        } catch (IOException e) {
            throw new ServiceRefused(call + " answered what is not JSON", e);
        }
    }

    /** The services' own words, where they put them: error.message, error or message. */
    private String reason(byte[] body) {
        try {
            JsonNode answer = json.readTree(body);
            return Stream.of(answer.at("/error/message"), answer.at("/error"), answer.at("/message"))
                    .filter(JsonNode::isTextual)
                    .findFirst()
                    .map(text -> ": " + text.asText())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static void requireMembers(@Nullable Object answer, @Nullable String needs, String call) {
        if (needs == null || needs.isBlank()) {
            return;
        }
        Map<?, ?> members = answer instanceof Map<?, ?> map ? map : Map.of();
        List<String> missing = Stream.of(needs.split(","))
                .map(String::strip)
                .filter(name -> !members.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new ServiceRefused(call + " answered without " + String.join(", ", missing));
        }
    }
}
