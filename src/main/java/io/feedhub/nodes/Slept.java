package io.feedhub.nodes;

import java.time.Duration;

/**
 * This machine slept, or this process was frozen. Peers may have taken its runs over, so whoever has work in flight gives
 * it up.
 *
 * @param gap for how long
 */
public record Slept(Duration gap) {}
