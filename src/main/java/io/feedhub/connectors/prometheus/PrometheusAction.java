package io.feedhub.connectors.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code prometheus-action}: {@code query}, with {@code range} and {@code step} for values over time; or
 * the alerts, without a query. Numbers are numbers, except NaN and the infinities, which JSON does not know: they are null.
 */
@Component("prometheusAction")
final class PrometheusAction implements Processor {
    private static final String SERVICE = "prometheus";

    private final ServiceCalls services;
    private final Clock clock;

    PrometheusAction(ServiceCalls services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        exchange.getMessage().setBody(answer(with));
    }

    private @Nullable Object answer(Parameters with) throws IOException {
        String query = with.text("query");
        if (query.isBlank()) {
            return Answer.data(ask(Call.get(SERVICE, "/api/v1/alerts")).path("alerts"));
        }
        return with.raw("range").isBlank() ? instant(query) : overTime(query, with);
    }

    private List<Map<String, @Nullable Object>> instant(String query) throws IOException {
        JsonNode data = ask(Call.get(SERVICE, "/api/v1/query").query("query", query));
        return data.path("resultType").asText().equals("scalar")
                ? List.of(row(data.path("result"), Map.of()))
                : rows(data.path("result"));
    }

    private List<Map<String, @Nullable Object>> overTime(String query, Parameters with) throws IOException {
        Instant end = clock.instant();
        Duration range = DurationStyle.SIMPLE.parse(with.text("range"));
        Duration step = DurationStyle.SIMPLE.parse(with.text("step"));
        JsonNode data = ask(Call.get(SERVICE, "/api/v1/query_range")
                .query("query", query)
                .query("start", end.minus(range))
                .query("end", end)
                .query("step", step.toSeconds()));
        return rows(data.path("result"));
    }

    /** The answer's data, which comes with status 200 and also has a status of its own. */
    private JsonNode ask(Call call) throws IOException {
        JsonNode answer = services.send(call).require().json();
        if (!answer.path("status").asText().equals("success")) {
            throw new ServiceRefused(
                    "prometheus answered " + answer.path("status").asText("nothing") + ": "
                            + answer.path("error").asText());
        }
        return answer.path("data");
    }

    private static List<Map<String, @Nullable Object>> rows(JsonNode result) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (JsonNode series : result) {
            Object labels = Answer.data(series.path("metric"));
            if (series.has("values")) {
                List<Map<String, @Nullable Object>> points = new ArrayList<>();
                series.path("values").forEach(point -> points.add(row(point, Map.of())));
                rows.add(new LinkedHashMap<>(Map.of("labels", labels == null ? Map.of() : labels, "values", points)));
            } else {
                rows.add(row(series.path("value"), Map.of("labels", labels == null ? Map.of() : labels)));
            }
        }
        return rows;
    }

    /** A point: {@code [seconds, "number"]}. */
    private static Map<String, @Nullable Object> row(JsonNode point, Map<String, Object> more) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(more);
        row.put("at", point.path(0).asDouble());
        row.put("value", number(point.path(1).asText()));
        return row;
    }

    private static @Nullable Double number(String text) {
        boolean finite = text.matches("[-+]?[0-9.]+([eE][-+]?\\d+)?");
        return finite ? Double.valueOf(text) : null;
    }
}
