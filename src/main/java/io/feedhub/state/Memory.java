package io.feedhub.state;

import java.util.List;

/**
 * What a flow remembers.
 *
 * @param items its variables
 * @param seen how many keys it has dealt with
 * @param batches what waits to be sent together
 */
public record Memory(List<Variable> items, long seen, List<Waiting> batches) {

    /**
     * An open batch.
     *
     * @param repository the bean that keeps it
     * @param key what its items have in common
     * @param items how many it has
     */
    public record Waiting(String repository, String key, int items) {}
}
