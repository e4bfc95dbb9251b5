package io.feedhub.connectors.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.connectors.gemini.AnswerShape.Misfit;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceRefused;
import io.feedhub.runs.RunMark;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code gemini-action}: {@code prompt} and {@code schema}. What the model says is data; it never becomes a
 * header, SQL text or an address.
 */
@Component("geminiAction")
final class GeminiAction implements Processor {
    private static final String CACHED = "CACHED";

    private final GeminiClient model;
    private final Usage usage;
    private final AnswerCache cache;
    private final ObjectMapper json;

    GeminiAction(GeminiClient model, Usage usage, AnswerCache cache, ObjectMapper json) {
        this.model = model;
        this.usage = usage;
        this.cache = cache;
        this.json = json;
    }

    /**
     * The body becomes a map that fits the schema, or {@code {text: …}} without one.
     *
     * @throws BudgetSpent when the day's tokens are used up; an answer that is kept is given all the same
     * @throws ServiceRefused when the prompt was blocked, the answer was cut, or does not fit after one repair
     */
    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        JsonNode answer = ask(RunMark.of(exchange), with.text("prompt"), with.raw("schema"));
        exchange.getMessage().setBody(Answer.data(answer));
    }

    private JsonNode ask(RunMark asker, String prompt, String schema) throws IOException {
        Optional<String> kept = cache.find(prompt, schema);
        if (kept.isPresent()) {
            usage.record(asker, CACHED, 0, 0, CACHED);
            return json.readTree(kept.get());
        }
        usage.requireBudget(asker.flow());
        String text = model.complete(asker, List.of(prompt), schema).require();
        JsonNode answer = schema.isBlank()
                ? json.valueToTree(Map.of("text", text))
                : fitting(asker, prompt, text, new AnswerShape(schema, json), schema);
        cache.keep(prompt, schema, json.writeValueAsString(answer));
        return answer;
    }

    private JsonNode fitting(RunMark asker, String prompt, String text, AnswerShape shape, String schema)
            throws IOException {
        try {
            return shape.read(text);
        } catch (Misfit first) {
            usage.requireBudget(asker.flow());
            String plea = "That does not fit the schema: " + first.faults() + ". Answer again, with fitting JSON only.";
            String repaired =
                    model.complete(asker, List.of(prompt, text, plea), schema).require();
            try {
                return shape.read(repaired);
            } catch (Misfit second) {
                throw new ServiceRefused(
                        "gemini's answer does not fit the schema, nor does its repair: " + second.faults());
            }
        }
    }
}
