package io.feedhub.nodes;

import java.time.Instant;
import java.util.List;

/**
 * A node, as the database knows it.
 *
 * @param name its {@code feedhub.node.name}
 * @param state up, draining (it was told to stop), left (it has stopped), or silent (its heartbeat is missing)
 * @param labels what flows may ask for with {@code runsOn}
 * @param version of the hub it runs
 * @param revisions a short hash of the flows it runs; nodes with the same flows show the same
 * @param startedAt when its process began, by the database's clock
 * @param beatAt its last heartbeat, by the database's clock
 * @param skewMillis how far its clock is ahead of the database's
 */
public record Peer(
        String name,
        String state,
        List<String> labels,
        String version,
        String revisions,
        Instant startedAt,
        Instant beatAt,
        long skewMillis) {}
