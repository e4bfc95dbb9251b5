package io.feedhub.schedule;

import java.util.List;

/**
 * Flows have got into trouble or out of it. Published inside the transaction that records it, by the one node that did.
 *
 * @param begun what has gone wrong since the last time
 * @param over what is well again
 */
public record TroublesChanged(List<Trouble> begun, List<Trouble> over) {

    /**
     * What is wrong with a flow.
     *
     * @param flow its id
     * @param reason missed, failed n times in a row, silent or slow, and why
     */
    public record Trouble(String flow, String reason) {}
}
