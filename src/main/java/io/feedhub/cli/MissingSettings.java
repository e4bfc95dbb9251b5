package io.feedhub.cli;

import java.util.List;

/** The hub cannot start as it is configured. */
final class MissingSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingSettings(List<String> problems) {
        super("Feed-Hub is not configured. In application.yaml, or as environment variables:\n  "
                + String.join("\n  ", problems)
                + "\n`./feedhub sandbox` needs no configuration.");
    }
}
