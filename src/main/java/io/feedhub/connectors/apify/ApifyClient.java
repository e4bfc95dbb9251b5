package io.feedhub.connectors.apify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.AnswerTooLong;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.OutcomeUnknown;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Apify's HTTP interface: runs, never the synchronous call, which ends after 300 s and says nothing of its run. */
@Component
final class ApifyClient {
    private static final String SERVICE = "apify";
    private static final int PAGE = 250;
    private static final int WAIT_SECONDS = 60;
    private static final int MOST_RUNS = 1_000;

    /** Apify's clock and ours may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final ServiceCalls services;
    private final ObjectMapper json;

    ApifyClient(ServiceCalls services, ObjectMapper json) {
        this.services = services;
        this.json = json;
    }

    /** @throws OutcomeUnknown also when Apify has said yes, in words that cannot be read */
    JsonNode start(Order order) throws IOException {
        Call call = Call.post(SERVICE, "/v2/actors/{actor}/runs", order.actor())
                .query("maxItems", order.maxItems())
                .json(order.input());
        if (!order.maxUsd().isBlank()) {
            call.query("maxTotalChargeUsd", order.maxUsd());
        }
        Answer answer = services.send(call).require();
        try {
            return run(answer);
        } catch (ServiceRefused e) {
            throw new OutcomeUnknown(e.getMessage() + "; the flow's next run looks for what it may have started");
        }
    }

    /** A run; empty when Apify no longer knows it. */
    Optional<JsonNode> find(String id) throws IOException {
        Answer answer = services.send(Call.get(SERVICE, "/v2/actor-runs/{run}", id));
        return answer.status() == 404 ? Optional.empty() : Optional.of(run(answer));
    }

    /** The run again, when it ends or after a minute. */
    JsonNode await(String id) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        JsonNode run =
                run(services.send(Call.get(SERVICE, "/v2/actor-runs/{run}", id).query("waitForFinish", WAIT_SECONDS)));
        if (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(25)) {
            Thread.sleep(25); // a service that does not wait must not be asked without end
        }
        return run;
    }

    /** Of an actor's runs since an instant that are nobody else's the one that began nearest to it. */
    Optional<JsonNode> startedSince(String actor, Instant since, Predicate<String> isFree) throws IOException {
        JsonNode runs = services.send(Call.get(SERVICE, "/v2/actors/{actor}/runs", actor)
                        .query("desc", 1)
                        .query("limit", MOST_RUNS))
                .require()
                .json();
        return StreamSupport.stream(runs.at("/data/items").spliterator(), false)
                .filter(run -> startedAt(run).isAfter(since.minus(SKEW)))
                .filter(run -> isFree.test(run.path("id").asText()))
                .min(Comparator.comparing(
                        run -> Duration.between(since, startedAt(run)).abs()));
    }

    /** The first items of a dataset, page by page. Apify leaves empty ones out, so a page that is short is not the last. */
    ArrayNode items(String dataset, int most) throws IOException {
        ArrayNode items = json.createArrayNode();
        int offset = 0;
        int longest = PAGE;
        boolean more;
        do {
            Page page = page(dataset, offset, Math.min(longest, most - items.size()));
            JsonNode read = page.answer().json();
            read.forEach(items::add);
            longest = page.limit();
            offset += longest;
            more = read.size() == longest || hasMore(page.answer(), offset, !read.isEmpty());
        } while (more && items.size() < most);
        return items;
    }

    /** So many of a dataset's items, or half as many when they are too long together, and so on. */
    private Page page(String dataset, int offset, int limit) throws IOException {
        try {
            Call call = Call.get(SERVICE, "/v2/datasets/{dataset}/items", dataset)
                    .query("clean", 1)
                    .query("offset", offset)
                    .query("limit", limit);
            return new Page(limit, services.send(call).require());
        } catch (AnswerTooLong e) {
            if (limit == 1) {
                throw e;
            }
            return page(dataset, offset, limit / 2);
        }
    }

    /** Whether the dataset, the empty items included, goes on after an offset. */
    private static boolean hasMore(Answer page, int offset, boolean otherwise) {
        String total = page.header("X-Apify-Pagination-Total");
        return total.matches("\\d{1,9}") ? offset < Integer.parseInt(total) : otherwise;
    }

    private static JsonNode run(Answer answer) throws IOException {
        JsonNode run = answer.require().json().path("data");
        if (!run.hasNonNull("id") || !run.hasNonNull("status") || !run.hasNonNull("defaultDatasetId")) {
            throw new ServiceRefused("apify answered a run without id, status or defaultDatasetId");
        }
        return run;
    }

    private static Instant startedAt(JsonNode run) {
        try {
            return Instant.parse(run.path("startedAt").asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /**
     * @param limit how many items were asked for
     */
    private record Page(int limit, Answer answer) {}
}
