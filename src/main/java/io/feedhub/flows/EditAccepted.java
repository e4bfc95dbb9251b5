package io.feedhub.flows;

/** Told once in the whole hub, by the node that recorded it: an edit went live. */
public record EditAccepted(Revision revision) {}
