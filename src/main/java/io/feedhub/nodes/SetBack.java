package io.feedhub.nodes;

import java.time.Duration;

/**
 * This machine's clock was set back. Whoever waits for a time that it showed before would wait too long.
 *
 * @param by how far, positive
 */
public record SetBack(Duration by) {}
