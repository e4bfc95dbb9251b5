package io.feedhub.sandbox;

import java.util.List;

/** What people post in the sandbox. */
record Phrases(String author, String text) {
    private static final List<String> AUTHORS =
            List.of("quietlabs", "mira_builds", "slowweb", "fieldnotes", "opsweather");
    private static final List<String> SUBJECTS = List.of(
            "Sleep sounds with a slow fade",
            "A small model on the phone",
            "The new vector index",
            "Our weekly outage report",
            "Breathing exercises for commuters",
            "A knowledge graph of one's own notes");
    private static final List<String> TURNS = List.of(
            "beat the loud ones three to one this week.",
            "cost less than the coffee it replaced.",
            "answered in 40 ms, and was right.",
            "taught us to write the runbook first.",
            "got more replies than the launch did.");

    static Phrases of(int number) {
        return new Phrases(
                AUTHORS.get(number % AUTHORS.size()),
                SUBJECTS.get(number % SUBJECTS.size()) + " " + TURNS.get((number / 2) % TURNS.size()));
    }
}
