package io.feedhub.flows.check;

import io.feedhub.runs.RouteName;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.quartz.CronExpression;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** A flow starts in one of the ways a flow may start, at instants that can be computed. */
final class CronRule implements Rule {
    /** A star for the one or for the other, and no question mark. */
    private static final Pattern TWO_DAYS =
            Pattern.compile("(?:\\S+\\s+){3}(?:\\*\\s+\\S+\\s+[^?\\s]+|[^?\\s]+\\s+\\S+\\s+\\*)(?:\\s+\\S+)?");

    @Override
    public List<Finding> check(FlowTree tree) {
        List<Finding> findings = new ArrayList<>();
        String flow = tree.file().id();
        boolean first = true;
        for (MappingNode route : tree.routes()) {
            String id = first ? flow : FlowTree.text(route, "id").orElse("");
            boolean isNamed = IdentityRule.isPlaced(tree.file()) && (first || RouteName.isPartOf(flow, id));
            Optional<Node> from = FlowTree.member(route, "from");
            from.filter(begin -> isNamed)
                    .flatMap(begin -> address(tree, begin, id))
                    .ifPresent(findings::add);
            from.ifPresent(begin -> schedule(tree, begin, findings));
            first = false;
        }
        return findings;
    }

    /** @param id the one that the route should have: what is wrong with its own is said elsewhere */
    private static Optional<Finding> address(FlowTree tree, Node from, String id) {
        String quartz = "quartz:" + tree.file().domain() + "/" + id;
        String direct = "direct:" + id;
        return FlowTree.member(from, "uri").flatMap(place -> {
            String uri = FlowTree.text(place).orElse("");
            String fix = "write uri: " + quartz + (uri.startsWith("quartz") ? "" : " or " + direct);
            return uri.equals(quartz) || uri.equals(direct)
                    ? Optional.empty()
                    : Optional.of(tree.finding(place, "a flow begins with its schedule or its name", fix));
        });
    }

    private static void schedule(FlowTree tree, Node from, List<Finding> findings) {
        if (FlowTree.text(from, "uri").orElse("").startsWith("quartz:")) {
            Optional<Node> parameters = FlowTree.member(from, "parameters");
            Optional<Node> cron = parameters.flatMap(all -> FlowTree.member(all, "cron"));
            cron.ifPresentOrElse(
                    node -> cron(tree, node).ifPresent(findings::add),
                    () -> findings.add(
                            tree.finding(from, "there is no schedule", "add parameters: { cron: \"0 0/5 * * * ?\" }")));
            parameters
                    .flatMap(all -> FlowTree.member(all, "trigger.timeZone"))
                    .flatMap(zone -> zone(tree, zone))
                    .ifPresent(findings::add);
        }
    }

    private static Optional<Finding> cron(FlowTree tree, Node place) {
        String cron = FlowTree.text(place).orElse("");
        int fields = cron.strip().split("\\s+").length;
        if (fields == 5) {
            return Optional.of(tree.finding(
                    place,
                    "this cron has 5 fields; the first of 6 is the second",
                    "write \"" + withOneDay("0 " + cron.strip()) + "\""));
        }
        if (TWO_DAYS.matcher(cron.strip()).matches()) {
            return Optional.of(tree.finding(
                    place, "of day and weekday one is a question mark", "write \"" + withOneDay(cron.strip()) + "\""));
        }
        try {
            boolean comes = new CronExpression(cron).getNextValidTimeAfter(Date.from(Instant.EPOCH)) != null;
            return comes
                    ? Optional.empty()
                    : Optional.of(tree.finding(
                            place, "this day never comes", "such as \"0 0 7 L * ?\" for the last of a month"));
        } catch (ParseException e) {
            return Optional.of(tree.finding(
                    place,
                    "not a cron expression: " + e.getMessage(),
                    "second minute hour day month weekday, such as \"0 0/5 * * * ?\""));
        }
    }

    /** Quartz wants a question mark for the day that is not said. */
    private static String withOneDay(String cron) {
        String[] parts = cron.split("\\s+");
        if (parts[3].equals("?") || parts[5].equals("?")) {
            return cron;
        }
        int unsaid = parts[5].equals("*") ? 5 : 3;
        parts[unsaid] = "?";
        return String.join(" ", parts);
    }

    private static Optional<Finding> zone(FlowTree tree, Node place) {
        String zone = FlowTree.text(place).orElse("");
        // another, such as +02:00, is a zone to Java, and GMT to what fires
        Set<String> zones = ZoneId.getAvailableZoneIds();
        return zones.contains(zone)
                ? Optional.empty()
                : Optional.of(tree.finding(
                        place,
                        "unknown time zone " + zone,
                        zone.matches(".*\\d.*")
                                ? "write one by its city, such as Europe/Berlin"
                                : Vocabulary.instead(zone, new TreeSet<>(zones))));
    }
}
