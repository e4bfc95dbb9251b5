package io.feedhub.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What Noosphere knows: dreams, which change, and nodes, which only come. Thread-safe. */
public final class Noosphere {
    private final Clock clock;
    private final List<Dream> dreams = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    Noosphere(Clock clock) {
        this.clock = clock;
        for (int i = 1; i <= 3; i++) {
            dream("d-" + i, Phrases.of(i).text());
        }
        add("Moss remembers rain");
    }

    /** Somebody dreams, or changes the dream that has the id. */
    public synchronized void dream(String id, String text) {
        dreams.removeIf(dream -> dream.id().equals(id));
        dreams.add(new Dream(id, "Dream " + id, text, "calm", clock.instant().toString()));
    }

    /** Adds a node, and says its id. */
    public synchronized String add(String title) {
        Node node = new Node(
                "n-" + (nodes.size() + 1), title, "idea", clock.instant().toString());
        nodes.add(node);
        return node.id();
    }

    /** The dreams that are new or changed since an instant, oldest first. */
    synchronized List<Dream> dreamsSince(Instant since) {
        return dreams.stream()
                .filter(dream -> !Instant.parse(dream.updatedAt()).isBefore(since))
                .toList();
    }

    synchronized List<Node> nodes() {
        return List.copyOf(nodes);
    }

    record Dream(String id, String title, String text, String mood, String updatedAt) {}

    record Node(String id, String title, String kind, String createdAt) {}
}
