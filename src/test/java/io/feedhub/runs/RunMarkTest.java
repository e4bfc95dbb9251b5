package io.feedhub.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RunMarkTest {
    private static final RunMark MARK = new RunMark("digest", 17L, 2);
    private static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");

    private final List<String> ends = new ArrayList<>();

    @Test
    void eachItemOfASplitIsOfTheRun() throws Exception {
        List<RunMark> items = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:digest").split(body()).process(item -> items.add(RunMark.of(item)));
                }
            });
            context.start();
            Exchange exchange = marked(new DefaultExchange(context));
            exchange.getMessage().setBody(List.of("a", "b"));
            context.createProducerTemplate().send("direct:digest", exchange);
        }
        assertThat(items).containsExactly(MARK, MARK);
    }

    @Test
    void withoutAMarkAnExchangeIsOfTheFlowItCameBy() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        assertThat(RunMark.of(exchange)).isEqualTo(new RunMark("", null, null));
        exchange.getExchangeExtension().setFromRouteId("heartbeat");
        assertThat(RunMark.of(exchange)).isEqualTo(new RunMark("heartbeat", null, null));
    }

    @Test
    void aRunIsEndedByWhoeverHasItsExchange() {
        Exchange exchange = marked(new DefaultExchange(new DefaultCamelContext()));
        assertThat(RunMark.isGivenUp(exchange)).isFalse();
        RunMark.giveUp(exchange, "superseded");
        assertThat(ends).containsExactly("superseded");
        assertThat(RunMark.isGivenUp(exchange)).isTrue();
    }

    @Test
    void whatIsNoRunIsNotEnded() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        RunMark.giveUp(exchange, "superseded");
        assertThat(RunMark.isGivenUp(exchange)).isFalse();
    }

    private Exchange marked(Exchange exchange) {
        MARK.put(exchange, AT, ends::add, () -> !ends.isEmpty());
        return exchange;
    }
}
