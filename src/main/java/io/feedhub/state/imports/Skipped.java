package io.feedhub.state.imports;

/**
 * A file that is not imported.
 *
 * @param file its name
 * @param reason why
 */
public record Skipped(String file, String reason) {}
