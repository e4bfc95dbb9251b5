package io.feedhub;

import io.feedhub.flows.check.FlowFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A generated flow that runs every second and remembers which of its editions ran.
 *
 * @param edition makes one text of the flow differ from another; odd ones have a connector of their own
 */
record TickingFlow(String id, String domain, int edition) {
    private static final String TEXT =
            """
            - route:
                id: %1$s
                nodePrefixId: %1$s-
                group: %2$s
                description: edition %3$d
                note: |-
                  when   every second
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  its edition
                  fails  never
                from:
                  uri: quartz:%2$s/%1$s
                  parameters:
                    cron: "* * * * * ?"
                  steps:
                    - setVariable: { name: "state:%1$s.edition", constant: "%3$d" }
            """;
    private static final String CONNECTOR =
            """
                    - filter:
                        simple: "${body} == 'never'"
                        steps:
                          - to:
                              uri: kamelet:discord-sink/%1$s-post
                              parameters: { channel: ops, title: never }
            """;

    /** What can be wrong: a word of the text, and what is there instead. */
    private static final List<List<String>> MISTAKES = List.of(
            List.of("setVariable", "setVarable"),
            List.of("* * * * * ?", "* * * * *"),
            List.of("- route:", "- route: ["),
            List.of("uri: quartz:", "uri: quarts:"),
            List.of("  keeps ", "  keps "),
            List.of("state:", "store:"));

    Path in(Path routes) {
        return routes.resolve(domain).resolve(id + FlowFile.ENDING);
    }

    String text() {
        return (TEXT + (edition % 2 == 0 ? "" : CONNECTOR)).formatted(id, domain, edition);
    }

    /** The text with a mistake in it. */
    String broken(int mistake) {
        List<String> words = MISTAKES.get(mistake % MISTAKES.size());
        return text().replace(words.get(0), words.get(1));
    }

    TickingFlow as(int number) {
        return new TickingFlow(id, domain, number);
    }
}
