package io.feedhub.cli;

import io.feedhub.flows.check.WorkingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services that the flows of a folder name: {@code kamelet:numu-action} means numu, and so does {@code service: numu}.
 * Only they must be configured.
 */
final class ServicesInUse {
    private static final Pattern CONNECTOR = Pattern.compile("kamelet:([a-z0-9-]+)-(?:action|sink)");
    private static final Pattern PARAMETER = Pattern.compile("\\bservice: *\"?([a-z0-9-]+)");

    /** A connector that says nothing of its service has this one. */
    static final String OF_MCP = "noosphere";

    private ServicesInUse() {}

    /**
     * @param routes the flows' folder; none is in use when there is no such folder
     * @param known names under {@code feedhub.services}
     */
    static Set<String> in(Path routes, Set<String> known) {
        try {
            return WorkingDirectory.flows(routes).stream()
                    .flatMap(file -> named(file.text()))
                    .flatMap(name -> service(name, known).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("the flows cannot be read: " + routes, e);
        }
    }

    private static Stream<String> named(String flow) {
        return Stream.concat(
                        CONNECTOR.matcher(flow).results(),
                        PARAMETER.matcher(flow).results())
                .map((MatchResult match) -> match.group(1));
    }

    /** gemini-embed is gemini, but youtube-analytics is a service of its own: the longest name wins. */
    private static Optional<String> service(String name, Set<String> known) {
        return name.equals("mcp")
                ? Optional.of(OF_MCP)
                : known.stream()
                        .filter(service -> name.equals(service) || name.startsWith(service + "-"))
                        .max(Comparator.comparingInt(String::length));
    }
}
