package io.feedhub.schedule;

import io.feedhub.database.Json;
import io.feedhub.runs.RunMark;
import io.feedhub.schedule.Claims.Claimed;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.UnitOfWorkHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The exchange of a run: what its steps can read of the run, and how Camel lets go of it. Thread-safe. */
@Component
final class RunExchanges {
    private final InFlight inFlight;
    private final Json json;

    RunExchanges(InFlight inFlight, Json json) {
        this.inFlight = inFlight;
        this.json = json;
    }

    /** One as the flow's own trigger would make it, with what the run was given. */
    Exchange begin(Route route, ActiveRun run) {
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getMessage()
                .setHeader("scheduledFireTime", Date.from(run.claim().at()));
        exchange.getMessage().setBody(given(run.claim()));
        mark(exchange, run);
        return exchange;
    }

    private @Nullable Object given(Claimed claim) {
        return claim.body() == null ? null : json.read(claim.body(), Object.class);
    }

    /** Makes an exchange one of this run. */
    void mark(Exchange exchange, ActiveRun run) {
        Claimed claim = run.claim();
        new RunMark(claim.flow(), claim.run(), claim.epoch())
                .put(exchange, claim.at(), reason -> inFlight.fail(run, reason), () -> run.verdict()
                        .isPresent());
        run.tally().travelOn(exchange);
        run.steps().travelOn(exchange);
    }

    /** Camel does so itself, unless a step threw an error past it: the run would be in flight there for ever. */
    static void leave(Exchange exchange) {
        UnitOfWork work = exchange.getUnitOfWork();
        if (work == null) {
            return;
        }
        InflightRepository inflight = exchange.getContext().getInflightRepository();
        for (Route left = work.popRoute(); left != null; left = work.popRoute()) {
            inflight.remove(exchange, left.getRouteId());
        }
        UnitOfWorkHelper.doneUow(work, exchange);
    }
}
