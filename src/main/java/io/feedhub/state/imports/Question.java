package io.feedhub.state.imports;

/**
 * What the import does not guess.
 *
 * @param file the file
 * @param key the member, or empty for the whole file
 * @param reason what is not clear
 * @param rule what to write into the rules, on one line
 */
public record Question(String file, String key, String reason, String rule) {}
