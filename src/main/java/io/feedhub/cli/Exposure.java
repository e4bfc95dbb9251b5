package io.feedhub.cli;

import io.feedhub.console.signin.Loopback;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** Who can reach the hub's port, and who is known: other machines only over TLS; names once, hashes, days. */
final class Exposure {
    private static final List<String> TLS =
            List.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store");

    private static final String HASH = "\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}";

    private Exposure() {}

    static List<Problem> problems(Environment environment) {
        List<Problem> problems = new ArrayList<>();
        String address = environment.getProperty("server.address", "");
        boolean plain =
                TLS.stream().allMatch(key -> environment.getProperty(key, "").isBlank());
        if (plain && !Loopback.is(address) && !environment.getProperty("feedhub.plain-http", Boolean.class, false)) {
            problems.add(
                    Problem.of(
                            "server.address",
                            (address.isBlank() ? "any" : address)
                                    + " lets other machines in, and passwords would cross the network in the clear; write 127.0.0.1, or set up"
                                    + " TLS with server.ssl.bundle, or set feedhub.plain-http when a proxy with TLS stands before this hub"));
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; isThere(environment, "feedhub.users[" + i + "]"); i++) {
            String key = "feedhub.users[" + i + "]";
            String name = environment.getProperty(key + ".name", "");
            if (name.isBlank()) {
                problems.add(Problem.of(key + ".name", "missing; it is what the person types"));
            } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
                problems.add(Problem.of(key + ".name", "another user has that name; capitals make no difference"));
            }
            if (!environment.getProperty(key + ".password", "").matches(HASH)) {
                problems.add(Problem.of(key + ".password", "not a bcrypt hash; ./feedhub password NAME makes one"));
            }
        }
        for (int i = 0; isThere(environment, "feedhub.tokens[" + i + "]"); i++) {
            token(environment, "feedhub.tokens[" + i + "]", problems);
        }
        return problems;
    }

    /** Somebody of a list, however little is said of them. */
    private static boolean isThere(Environment environment, String one) {
        return Stream.of(".name", ".password", ".sha256", ".role", ".expires")
                .anyMatch(part -> environment.containsProperty(one + part));
    }

    /** Two of one name are none: a new one stands beside the old until its bearer has it. What is wrong may be a secret. */
    private static void token(Environment environment, String key, List<Problem> problems) {
        if (environment.getProperty(key + ".name", "").isBlank()) {
            problems.add(Problem.of(key + ".name", "missing; the audit calls its bearer so"));
        }
        if (!environment.getProperty(key + ".sha256", "").matches("[0-9a-fA-F]{64}")) {
            problems.add(Problem.of(key + ".sha256", "not a SHA-256 in hex; ./feedhub token NAME makes one"));
        }
        if (!isDate(environment.getProperty(key + ".expires", ""))) {
            problems.add(Problem.of(key + ".expires", "no date; write the token's last day, such as 2027-06-30"));
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
