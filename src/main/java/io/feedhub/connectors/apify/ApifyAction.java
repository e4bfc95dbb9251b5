package io.feedhub.connectors.apify;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.OutcomeUnknown;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceDown;
import io.feedhub.connectors.http.ServiceRefused;
import io.feedhub.runs.RunMark;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code apify-action}: {@code actor}, {@code input}, {@code maxItems}, {@code maxUsd} and {@code patience}.
 * The body becomes the items of the run's dataset. A run that an earlier call started and did not live to read is adopted,
 * since each start costs money.
 */
@Component("apifyAction")
final class ApifyAction implements Processor {
    private static final Set<String> UNDER_WAY = Set.of("READY", "RUNNING", "TIMING-OUT", "ABORTING");

    private final ApifyClient apify;
    private final ApifyRuns runs;
    private final Clock clock;

    ApifyAction(ApifyClient apify, ApifyRuns runs, Clock clock) {
        this.apify = apify;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Parameters with = new Parameters(exchange);
        String input = with.json("input");
        Order order = new Order(
                RunMark.of(exchange).flow(),
                with.text("actor"),
                input.isEmpty() ? "{}" : input,
                with.number("maxItems"),
                with.text("maxUsd"));
        JsonNode run = finished(order, DurationStyle.SIMPLE.parse(with.text("patience")));
        exchange.getMessage()
                .setBody(Answer.data(apify.items(run.path("defaultDatasetId").asText(), order.maxItems())));
        runs.forget(order);
    }

    private JsonNode finished(Order order, Duration patience) throws IOException, InterruptedException {
        JsonNode run = begin(order);
        Instant end = clock.instant().plus(patience);
        while (UNDER_WAY.contains(run.path("status").asText())) {
            if (clock.instant().isAfter(end)) {
                // not ServiceDown: to be tried again would be to wait as long again
                throw new OutcomeUnknown("apify " + order.actor() + " still runs after " + patience.toMinutes()
                        + " minutes; the flow's next run reads it");
            }
            run = apify.await(run.path("id").asText());
        }
        if (!run.path("status").asText().equals("SUCCEEDED")) {
            runs.forget(order);
            throw new ServiceRefused(
                    "apify " + order.actor() + " ended " + run.path("status").asText());
        }
        return run;
    }

    private JsonNode begin(Order order) throws IOException {
        Optional<JsonNode> earlier = earlier(order);
        if (earlier.isPresent()) {
            runs.started(order, earlier.get().path("id").asText());
            return earlier.get();
        }
        runs.ask(order);
        JsonNode run = start(order);
        runs.started(order, run.path("id").asText());
        return run;
    }

    private JsonNode start(Order order) throws IOException {
        try {
            return apify.start(order);
        } catch (ServiceDown | ServiceRefused e) {
            runs.forget(order); // nothing was started: an answer that leaves that open is an OutcomeUnknown
            throw e;
        }
    }

    /** The run that was started before and not read; found by its time when the answer to its start was lost. */
    private Optional<JsonNode> earlier(Order order) throws IOException {
        Optional<ApifyRuns.Asked> asked = runs.find(order);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String run = asked.get().run();
        return run == null
                ? apify.startedSince(order.actor(), asked.get().at(), id -> !runs.knows(id))
                : apify.find(run);
    }
}
