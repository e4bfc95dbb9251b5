package io.feedhub.connectors.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code youtube-analytics-action}: {@code ids}, {@code start}, {@code end}, {@code metrics}, and if given
 * {@code dimensions}, {@code filters} and {@code sort}. The body becomes rows by column name; recent days may be missing,
 * and a report may have no rows.
 */
@Component("youtubeAnalyticsAction")
final class AnalyticsAction implements Processor {
    private final ServiceCalls services;

    AnalyticsAction(ServiceCalls services) {
        this.services = services;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        Call call = Call.get("youtube-analytics", "/v2/reports")
                .query("ids", with.text("ids"))
                .query("startDate", with.text("start"))
                .query("endDate", with.text("end"))
                .query("metrics", with.text("metrics"));
        for (String name : List.of("dimensions", "filters", "sort")) {
            if (!with.text(name).isBlank()) {
                call.query(name, with.text(name));
            }
        }
        exchange.getMessage().setBody(rows(services.send(call).require().json()));
    }

    private static List<Map<String, @Nullable Object>> rows(JsonNode report) {
        List<String> columns = report.path("columnHeaders").findValuesAsText("name");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : report.path("rows")) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                named.put(columns.get(i), Answer.data(row.path(i)));
            }
            rows.add(named);
        }
        return rows;
    }
}
