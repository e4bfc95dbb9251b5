package io.feedhub.connectors.apify;

/**
 * What a flow wants of an actor.
 *
 * @param actor {@code user~name}
 * @param input JSON
 * @param maxItems how many items are read, and paid for where the actor is paid by item
 * @param maxUsd bound on what it may cost; empty for none
 */
record Order(String flow, String actor, String input, int maxItems, String maxUsd) {}
