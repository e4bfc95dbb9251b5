package io.feedhub.flows;

/** Told once in the whole hub, by the node that recorded it: somebody's edit did not go live. */
public record EditRefused(Revision revision) {}
