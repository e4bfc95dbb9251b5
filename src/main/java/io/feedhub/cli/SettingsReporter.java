package io.feedhub.cli;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/** Keeps Spring from logging a stack trace for settings that are missing: the command says what is missing. */
final class SettingsReporter implements SpringBootExceptionReporter {

    SettingsReporter(@Nullable ConfigurableApplicationContext context) {
        // Spring wants to hand it over
    }

    @Override
    public boolean reportException(Throwable failure) {
        return failure instanceof MissingSettings;
    }
}
