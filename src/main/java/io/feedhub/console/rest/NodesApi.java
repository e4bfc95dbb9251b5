package io.feedhub.console.rest;

import io.feedhub.nodes.Peer;
import io.feedhub.nodes.Peers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/nodes}: the machines that share the database. */
@RestController
final class NodesApi {
    private final Peers peers;

    NodesApi(Peers peers) {
        this.peers = peers;
    }

    @GetMapping("/api/nodes")
    Page<Peer> all() {
        return Page.all(peers.all());
    }
}
