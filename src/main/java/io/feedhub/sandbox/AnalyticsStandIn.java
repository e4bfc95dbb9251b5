package io.feedhub.sandbox;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YouTube Analytics: one row a day, except for the last two, which are not there yet. */
final class AnalyticsStandIn implements StandIn {
    private static final int DAYS_BEHIND = 2;

    private final World world;

    AnalyticsStandIn(World world) {
        this.world = world;
    }

    @Override
    public Reply answer(Request request) {
        if (!request.header("authorization").startsWith("Bearer ")) {
            return Reply.google(401, "global", "authError", "Request had invalid authentication credentials.");
        }
        if (!request.is("GET", "/v2/reports")) {
            return Reply.google(404, "global", "notFound", "Not Found");
        }
        List<Object> columns = new ArrayList<>();
        List<String> dimensions = names(request, "dimensions");
        List<String> metrics = names(request, "metrics");
        dimensions.forEach(name -> columns.add(column(name, "DIMENSION", "STRING")));
        metrics.forEach(name -> columns.add(column(name, "METRIC", "INTEGER")));
        List<List<Object>> rows = rows(request, dimensions, metrics);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("kind", "youtubeAnalytics#resultTable");
        report.put("columnHeaders", columns);
        if (!rows.isEmpty()) {
            report.put("rows", rows);
        }
        return Reply.ok(report);
    }

    private List<List<Object>> rows(Request request, List<String> dimensions, List<String> metrics) {
        LocalDate last = LocalDate.ofInstant(world.now(), ZoneOffset.UTC).minusDays(DAYS_BEHIND);
        LocalDate end = LocalDate.parse(request.query().getOrDefault("endDate", last.toString()));
        LocalDate day = LocalDate.parse(request.query().getOrDefault("startDate", last.toString()));
        List<List<Object>> rows = new ArrayList<>();
        for (; !day.isAfter(end) && !day.isAfter(last); day = day.plusDays(1)) {
            List<Object> row = new ArrayList<>();
            for (String dimension : dimensions) {
                row.add(dimension.equals("day") ? day.toString() : "vid00000001");
            }
            for (int i = 0; i < metrics.size(); i++) {
                row.add(1000 + day.getDayOfYear() * (i + 1));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> names(Request request, String parameter) {
        String names = request.query().getOrDefault(parameter, "");
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    private static Map<String, Object> column(String name, String type, String data) {
        return Map.of("name", name, "columnType", type, "dataType", data);
    }
}
