package io.feedhub.connectors.gemini;

/**
 * What one flow used of one model.
 *
 * @param model CACHED for answers that were kept from before
 * @param tokens of questions and answers
 */
public record FlowSpending(String flow, String model, long calls, long tokens) {}
