package io.feedhub.cli;

import io.feedhub.cli.Doctor.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Asks every configured service and every channel's webhook, with the hub's credentials, and shows none of them. */
final class ServiceDoctor {
    private static final Pattern URL = Pattern.compile("feedhub\\.(services|discord\\.channels)\\.([^.]+)\\.url");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ConfigurableEnvironment environment;

    ServiceDoctor(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    List<Finding> check() {
        TreeSet<String> keys = new TreeSet<>();
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(key -> URL.matcher(key).matches())
                .forEach(keys::add);
        return keys.stream()
                .filter(key -> !environment.getProperty(key, "").isBlank())
                .map(this::look)
                .toList();
    }

    private Finding look(String key) {
        Matcher name = URL.matcher(key);
        if (!name.matches()) {
            throw new IllegalArgumentException(key);
        }
        boolean service = name.group(1).equals("services");
        String what = (service ? "service " : "channel ") + name.group(2);
        String base = key.substring(0, key.length() - ".url".length());
        try {
            HttpRequest request = request(base);
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return service ? service(what, base, status) : channel(what, base, status);
        } catch (IllegalArgumentException e) {
            return Finding.bad(what, "its address is none", "correct " + variable(base, "url"));
        } catch (IOException e) {
            return Finding.bad(
                    what,
                    "does not answer (" + e.getClass().getSimpleName() + ")",
                    "is it up? check " + variable(base, "url"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.bad(what, "interrupted", "try again");
        }
    }

    private HttpRequest request(String base) {
        String address = environment.getProperty(base + ".url", "").replaceAll("/+$", "")
                + environment.getProperty(base + ".probe", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10));
        String token = environment.getProperty(base + ".token", "");
        if (!token.isBlank()) {
            String header = environment.getProperty(base + ".header", "");
            request.header(header.isBlank() ? "Authorization" : header, header.isBlank() ? "Bearer " + token : token);
        }
        return request.build();
    }

    private Finding service(String what, String base, int status) {
        if (status == 401 || status == 403) {
            return Finding.bad(what, "answers " + status + ": it does not know us", "check " + variable(base, "token"));
        }
        if (status >= 500) {
            return Finding.bad(what, "answers " + status, "look after that service; flows will try again");
        }
        boolean probed = environment.containsProperty(base + ".probe") && status < 300;
        return Finding.ok(what, probed ? "answers, and knows us" : "answers " + status);
    }

    private static Finding channel(String what, String base, int status) {
        return status == 200
                ? Finding.ok(what, "its webhook is there")
                : Finding.bad(
                        what,
                        "its webhook answers " + status,
                        "make one in Discord (channel, Integrations, Webhooks) and set " + variable(base, "url"));
    }

    private static String variable(String base, String key) {
        return (base + "." + key).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
