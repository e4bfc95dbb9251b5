package io.feedhub.connectors.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.connectors.http.Answer;
import io.feedhub.connectors.http.Call;
import io.feedhub.connectors.http.Parameters;
import io.feedhub.connectors.http.ServiceCalls;
import io.feedhub.connectors.http.ServiceRefused;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The bean behind {@code browser-action}: {@code url}. The body becomes a map with url, title, text and links, as
 * docs/private-services.md assumes it. The browser stands in a private network, so only names of the web are handed to it.
 */
@Component("browserAction")
final class BrowserAction implements Processor {
    private final ServiceCalls services;

    BrowserAction(ServiceCalls services) {
        this.services = services;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Parameters with = new Parameters(exchange);
        String url = page(with.text("url").strip());
        Call call = Call.post("browser", "/pages")
                .json(Parameters.write(Map.of("url", url)))
                .repeatable();
        JsonNode page = services.send(call).require().json();
        if (!page.path("text").isTextual()) {
            throw new ServiceRefused("browser /pages answered without text");
        }
        exchange.getMessage().setBody(Answer.data(page));
    }

    /** The address, when it is one of the web: no literal addresses, no names of this or a private network. */
    private static String page(String url) {
        try {
            URI uri = URI.create(url);
            String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
            boolean web = String.valueOf(uri.getScheme()).matches("https?")
                    && uri.getUserInfo() == null
                    && host.matches("([a-z0-9-]+\\.)+[a-z][a-z0-9-]+")
                    && !host.matches(".*\\.(local|internal|lan|home|localhost|arpa|test|onion)");
            if (web) {
                return uri.toASCIIString();
            }
        } catch (IllegalArgumentException e) {
            // said below, as for every other text that is no page's address
        }
        throw new ServiceRefused("browser: not a page of the web: " + url.substring(0, Math.min(80, url.length())));
    }
}
