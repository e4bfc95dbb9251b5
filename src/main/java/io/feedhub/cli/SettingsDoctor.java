package io.feedhub.cli;

import io.feedhub.cli.DoctorCommand.Finding;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;

/** Looks at the configuration: what is missing or misspelt, tokens that end soon. */
final class SettingsDoctor {
    private static final int SOON = 14;

    private SettingsDoctor() {}

    static List<Finding> check(ConfigurableEnvironment environment, Clock clock) {
        List<Finding> findings = new ArrayList<>();
        SettingsCheck.problems(environment)
                .forEach(problem -> findings.add(Finding.bad("settings", problem.found(), problem.todo())));
        KnownKeys.otherVariables(environment)
                .forEach(name -> findings.add(Finding.warn("settings", name, "correct it, or unset it")));
        if (findings.isEmpty()) {
            findings.add(Finding.ok("settings", "every key is known, and what is needed is there"));
        }
        for (int i = 0; environment.containsProperty("feedhub.tokens[" + i + "].name"); i++) {
            token(environment, "feedhub.tokens[" + i + "]", LocalDate.now(clock), findings);
        }
        return findings;
    }

    private static void token(
            ConfigurableEnvironment environment, String key, LocalDate today, List<Finding> findings) {
        String what = "token " + environment.getProperty(key + ".name", "");
        try {
            LocalDate expires = LocalDate.parse(environment.getProperty(key + ".expires", ""));
            if (expires.isBefore(today)) {
                findings.add(Finding.bad(what, "expired after " + expires, "./feedhub token makes a new one"));
            } else if (expires.isBefore(today.plusDays(SOON))) {
                findings.add(Finding.warn(what, "expires after " + expires, "./feedhub token makes a new one"));
            }
        } catch (DateTimeParseException e) {
            // one of the problems above
        }
    }
}
