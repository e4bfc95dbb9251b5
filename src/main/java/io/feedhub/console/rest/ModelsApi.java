package io.feedhub.console.rest;

import io.feedhub.connectors.gemini.FlowSpending;
import io.feedhub.connectors.gemini.Spending;
import io.feedhub.connectors.gemini.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/models}: what the models cost since midnight Pacific, when their quotas begin anew. */
@RestController
final class ModelsApi {
    private final Usage usage;

    ModelsApi(Usage usage) {
        this.usage = usage;
    }

    @GetMapping("/api/models")
    ModelSpending today() {
        Spending today = usage.today();
        long tokens = today.flows().stream().mapToLong(FlowSpending::tokens).sum();
        return new ModelSpending(today.since(), today.budget(), tokens, today.flows(), null);
    }

    /**
     * @param since midnight Pacific
     * @param budget tokens of all flows together
     * @param next always null: all flows are on it
     */
    record ModelSpending(Instant since, long budget, long tokens, List<FlowSpending> items, @Nullable String next) {}
}
