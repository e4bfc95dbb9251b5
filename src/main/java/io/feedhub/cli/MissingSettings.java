package io.feedhub.cli;

import java.util.List;
import java.util.stream.Collectors;

/** The hub cannot start as it is configured. */
final class MissingSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingSettings(List<Problem> problems) {
        super("Feed-Hub is not configured. In application.yaml, or as environment variables:\n  "
                + problems.stream().map(Problem::line).collect(Collectors.joining("\n  "))
                + "\n`./feedhub sandbox` needs no configuration.");
    }
}
