package io.feedhub.console.desk;

import io.feedhub.nodes.Peer;
import io.feedhub.nodes.Peers;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** {@code /nodes}: the machines that share the database. */
@Controller
final class NodesPage {
    private final Peers peers;

    NodesPage(Peers peers) {
        this.peers = peers;
    }

    @GetMapping("/nodes")
    String list(@ModelAttribute("now") Instant now, Model model) {
        model.addAttribute(
                "nodes", peers.all().stream().map(peer -> Row.of(peer, now)).toList());
        return "desk/nodes";
    }

    /**
     * A node as the list shows it.
     *
     * @param skew how far its clock is ahead of the database's
     */
    record Row(
            String name,
            String state,
            List<String> labels,
            String version,
            String flows,
            Moment started,
            Moment beat,
            String skew) {

        static Row of(Peer peer, Instant now) {
            return new Row(
                    peer.name(),
                    peer.state(),
                    peer.labels(),
                    peer.version(),
                    peer.revisions(),
                    Moment.at(peer.startedAt(), now),
                    Moment.at(peer.beatAt(), now),
                    peer.skewMillis() + " ms");
        }
    }
}
