package io.feedhub.cli;

import io.feedhub.cli.DoctorCommand.Finding;
import io.feedhub.connectors.http.SsrfGuard;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;

/** Asks every configured service and every channel's webhook, with the hub's credentials, and shows none of them. */
final class ServiceDoctor {
    private static final Pattern URL = Pattern.compile("feedhub\\.(services|discord\\.channels)\\.([^.]+)\\.url");

    /** Discord turns away programs that do not call themselves so. */
    private static final String AGENT = "DiscordBot (feed-hub, 0.1)";

    private final ConfigurableEnvironment environment;

    ServiceDoctor(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    List<Finding> check() {
        Set<String> inUse = SettingsCheck.servicesInUse(environment);
        return KeySources.keys(environment)
                .filter(key -> URL.matcher(key).matches())
                .distinct()
                .sorted()
                .filter(key -> !value(key).isBlank() && isOurs(key, inUse))
                .map(this::look)
                .toList();
    }

    /** A service that no flow calls, and for which there is no token, is nobody's concern. */
    private boolean isOurs(String key, Set<String> inUse) {
        Matcher name = URL.matcher(key);
        return name.matches()
                && (!name.group(1).equals("services")
                        || inUse.contains(name.group(2))
                        || !value(key.replaceFirst("url$", "token")).isBlank());
    }

    private String value(String key) {
        return SettingsCheck.value(environment, key);
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
            if (service && leadsAstray(request.uri(), base)) {
                return Finding.bad(
                        what,
                        "its name leads into a private network: flows are refused",
                        "if it belongs there, write " + base + ".private-network: true");
            }
            int status = Connections.CLIENT
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return service ? service(what, base, status) : channel(what, base, status);
        } catch (IllegalArgumentException e) {
            return Finding.bad(what, "its address is none", "correct " + SettingsCheck.variable(base + ".url"));
        } catch (IOException e) {
            return Finding.bad(what, reason(e), "is it up? check " + SettingsCheck.variable(base + ".url"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.bad(what, "interrupted", "try again");
        }
    }

    /** A name that nobody knows is the request's to tell. */
    private boolean leadsAstray(URI address, String base) {
        try {
            return SsrfGuard.refuses(address, Boolean.parseBoolean(value(base + ".private-network")));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return "does not answer in time";
        }
        boolean isUnknown = e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException;
        return isUnknown
                ? "nobody knows that name"
                : e instanceof ConnectException ? "refuses the connection" : "breaks the connection off";
    }

    private HttpRequest request(String base) {
        String address = value(base + ".url").replaceAll("/+$", "") + value(base + ".probe");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(10))
                .header("User-Agent", AGENT);
        String token = value(base + ".token");
        if (!token.isBlank()) {
            String header = value(base + ".header");
            request.header(header.isBlank() ? "Authorization" : header, header.isBlank() ? "Bearer " + token : token);
        }
        return request.build();
    }

    private Finding service(String what, String base, int status) {
        if (status == 401 || status == 403) {
            return Finding.bad(
                    what,
                    "answers " + status + ": it does not know us",
                    "check " + SettingsCheck.variable(base + ".token"));
        }
        if (status >= 500) {
            return Finding.bad(what, "answers " + status, "look after that service; flows will try again");
        }
        String probe = value(base + ".probe");
        if (probe.isBlank()) {
            return Finding.ok(what, "is there");
        }
        return status < 300
                ? Finding.ok(what, "answers, and knows us")
                : Finding.warn(
                        what,
                        "answers " + status + " at " + probe,
                        "check " + SettingsCheck.variable(base + ".url") + " and " + base + ".probe");
    }

    private static Finding channel(String what, String base, int status) {
        return status == 200
                ? Finding.ok(what, "its webhook is there")
                : Finding.bad(
                        what,
                        "its webhook answers " + status,
                        "make one in Discord (channel, Integrations, Webhooks) and set "
                                + SettingsCheck.variable(base + ".url"));
    }
}
