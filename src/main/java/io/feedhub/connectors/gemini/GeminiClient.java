package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.QuotaSpent;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceDown;
import io.feedhub.runs.RunMark;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Gemini's HTTP interface: one request, one answer, and its rules about quotas. */
@Component
final class GeminiClient {
    static final String SERVICE = "gemini";

    private final ServiceCalls services;
    private final GeminiSettings settings;
    private final Usage usage;
    private final ObjectMapper json;

    GeminiClient(ServiceCalls services, GeminiSettings settings, Usage usage, ObjectMapper json) {
        this.services = services;
        this.settings = settings;
        this.usage = usage;
        this.json = json;
    }

    /**
     * One turn of a conversation; its cost is on the meter when this returns.
     *
     * @param turns what was said so far, by the user and the model in turn
     * @param schema of the answer, or blank for plain text
     */
    Completion complete(RunMark asker, List<String> turns, String schema) throws IOException {
        JsonNode answer = post(settings.model(), "generateContent", request(turns, schema));
        Completion completion = Completion.of(answer, settings.model());
        usage.record(asker, completion.model(), completion.input(), completion.output(), completion.finish());
        return completion;
    }

    /**
     * The answer to any method of a model.
     *
     * @throws QuotaSpent when the day's quota is used up, or the wait for it is too long to be worth another try
     * @throws ServiceDown when it is a matter of seconds
     */
    JsonNode post(String model, String method, Object request) throws IOException {
        Call call = Call.post(SERVICE, "/v1beta/models/{model}:" + method, model)
                .part(model)
                .json(json.writeValueAsString(request))
                .repeatable();
        Answer answer = services.send(call);
        if (answer.status() == 429) {
            leaveAlone(call, model, Limit.of(answer.jsonIfAny()));
        }
        return answer.require().json();
    }

    private Map<String, Object> request(List<String> turns, String schema) throws IOException {
        Map<String, Object> generation = new LinkedHashMap<>();
        generation.put("maxOutputTokens", settings.answerTokens());
        if (!schema.isBlank()) {
            generation.put("responseMimeType", "application/json");
            generation.put("responseJsonSchema", json.readTree(schema));
        }
        List<Map<String, Object>> contents = new ArrayList<>();
        for (String turn : turns) {
            String role = contents.size() % 2 == 0 ? "user" : "model";
            contents.add(Map.of("role", role, "parts", List.of(Map.of("text", turn))));
        }
        return Map.of("contents", contents, "generationConfig", generation);
    }

    /** The model alone: each has quotas of its own. */
    private void leaveAlone(Call call, String model, Limit limit) {
        Duration wait = limit.perDay() ? usage.untilMidnight() : limit.delay();
        services.quiet(call, wait, "its quota of the " + (limit.perDay() ? "day" : "minute") + " is used up");
        if (limit.isTerminal()) {
            throw new QuotaSpent("gemini's quota of " + model + " is used up; it is left alone for " + wait.toMinutes()
                    + " minutes");
        }
    }
}
