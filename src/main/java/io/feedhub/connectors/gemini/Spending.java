package io.feedhub.connectors.gemini;

import java.time.Instant;
import java.util.List;

/**
 * What the models cost on one of Google's days.
 *
 * @param since midnight Pacific, when the quotas began anew
 * @param budget tokens of all flows together
 * @param flows those with a call, the dearest first
 */
public record Spending(Instant since, long budget, List<FlowSpending> flows) {}
