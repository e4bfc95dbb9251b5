package io.feedhub.connectors.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.NotSent;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.QuotaSpent;
import io.feedhub.connectors.http.Quotas;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceDown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code youtube-action}: {@code resource}, {@code part}, {@code query} and {@code maxItems}. The body
 * becomes the items of as many pages as it takes; counters are numbers. What is not there, or has no comments, is empty.
 */
@Component("youtubeAction")
final class YouTubeAction implements Processor {
    private static final String SERVICE = "youtube";
    private static final Set<String> EXHAUSTED = Set.of("quotaExceeded", "dailyLimitExceeded");
    private static final Set<String> TOO_FAST = Set.of("rateLimitExceeded", "userRateLimitExceeded");
    private static final Set<String> NOTHING_THERE =
            Set.of("commentsDisabled", "videoNotFound", "playlistNotFound", "channelNotFound", "notFound");

    private final ServiceCalls services;
    private final Quotas quotas;
    private final YouTubeSettings settings;

    YouTubeAction(ServiceCalls services, Quotas quotas, YouTubeSettings settings) {
        this.services = services;
        this.quotas = quotas;
        this.settings = settings;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        int most = with.number("maxItems");
        List<@Nullable Object> items = new ArrayList<>();
        String page = "";
        do {
            JsonNode list = list(with, Math.min(most - items.size(), pageSize(with.raw("resource"))), page);
            list.path("items").forEach(item -> items.add(Answer.data(numbers(item))));
            page = list.path("nextPageToken").asText();
        } while (!page.isEmpty() && items.size() < most);
        exchange.getMessage().setBody(items);
    }

    private static int pageSize(String resource) {
        return resource.equals("commentThreads") ? 100 : 50;
    }

    private JsonNode list(Parameters with, int size, String page) throws IOException {
        String resource = with.raw("resource");
        Call call = Call.get(SERVICE, "/youtube/v3/{resource}", resource).query("part", with.text("part"));
        with.pairs("query").forEach(call::query);
        if (!with.pairs("query").containsKey("id")) { // a list of ids has no pages
            call.query("maxResults", size);
        }
        if (!page.isEmpty()) {
            call.query("pageToken", page);
        }
        return read(send(call, resource), resource);
    }

    private Answer send(Call call, String resource) throws IOException {
        quotas.take(quota(resource), 1, limit(resource));
        try {
            return services.send(call);
        } catch (NotSent e) {
            quotas.giveBack(quota(resource), 1);
            throw e;
        }
    }

    private JsonNode read(Answer answer, String resource) throws IOException {
        if (answer.status() != 403 && answer.status() != 404) {
            return answer.require().json();
        }
        String reason = answer.jsonIfAny().at("/error/errors/0/reason").asText();
        if (EXHAUSTED.contains(reason)) {
            quotas.exhaust(quota(resource), limit(resource));
            throw new QuotaSpent("youtube says its quota is used up; it renews at midnight Pacific");
        }
        if (TOO_FAST.contains(reason)) {
            throw new ServiceDown("youtube " + resource + " answered " + reason);
        }
        return NOTHING_THERE.contains(reason)
                ? MissingNode.getInstance()
                : answer.require().json();
    }

    private static String quota(String resource) {
        return resource.equals("search") ? "youtube searches" : SERVICE;
    }

    private long limit(String resource) {
        return resource.equals("search") ? settings.dailySearches() : settings.dailyUnits();
    }

    /** 64-bit counters arrive as texts. */
    private static JsonNode numbers(JsonNode item) {
        if (item.path("statistics") instanceof ObjectNode statistics) {
            for (Map.Entry<String, JsonNode> counter : statistics.properties()) {
                if (counter.getValue().asText().matches("\\d{1,18}")) {
                    statistics.put(counter.getKey(), counter.getValue().asLong());
                }
            }
        }
        return item;
    }
}
