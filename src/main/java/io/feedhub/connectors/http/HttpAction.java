package io.feedhub.connectors.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean behind every Kamelet that is one plain request: {@code service}, {@code method}, {@code path}, {@code query},
 * {@code body}, {@code needs} and {@code repeatable}. The body becomes the answer as maps and lists.
 */
@Component("httpAction")
final class HttpAction implements Processor {
    private final ServiceCalls services;

    HttpAction(ServiceCalls services) {
        this.services = services;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        String method = with.raw("method").isBlank() ? "GET" : with.raw("method");
        Call call = Call.of(with.raw("service"), method, with.path("path")).rawQuery(with.query("query"));
        String body = with.json("body");
        if (!body.isEmpty()) {
            requireBodied(method);
            call.json(body);
        }
        if (Boolean.parseBoolean(with.raw("repeatable"))) {
            call.repeatable();
        }
        Object answer = services.send(call).require().data();
        requireMembers(answer, with.raw("needs"), call.name());
        exchange.getMessage().setBody(answer);
    }

    /** What the flow's author has written is not left out without a word. */
    private static void requireBodied(String method) {
        if (method.equals("GET")) {
            throw new IllegalArgumentException(
                    "a GET has no body: write the method, or what is asked for in the query");
        }
    }

    private static void requireMembers(@Nullable Object answer, String needs, String call) {
        List<String> missing = Stream.of(needs.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !(answer instanceof Map<?, ?> members && members.get(name) != null))
                .toList();
        if (!missing.isEmpty()) {
            throw new ServiceRefused(call + " answered without " + String.join(", ", missing));
        }
    }
}
