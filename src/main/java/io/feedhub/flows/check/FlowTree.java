package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A file's YAML with its places, so that a finding can say line and column. */
final class FlowTree {
    private final FlowFile file;
    private final List<Node> roots;

    private FlowTree(FlowFile file, List<Node> roots) {
        this.file = file;
        this.roots = roots;
    }

    private static final int DEEPEST = 100;

    /** Reads the file, or refuses it with the place of its first error. */
    static FlowTree of(FlowFile file) throws Refused {
        LoadSettings settings = LoadSettings.builder().setLabel(file.name()).build();
        try {
            simple(file, new Parse(settings).parseString(file.text()));
            List<Node> roots = new ArrayList<>();
            new Compose(settings).composeAllFromString(file.text()).forEach(roots::add);
            return RepeatedKeys.noneIn(new FlowTree(file, roots));
        } catch (MarkedYamlEngineException e) {
            String reason = e.getProblem() == null ? "this is not YAML" : e.getProblem();
            String fix = YamlRemedy.of(file, e.getProblemMark(), reason);
            throw new Refused(at(file, e.getProblemMark(), "not YAML: " + reason, fix), e);
        } catch (YamlEngineException e) {
            throw new Refused(new Finding(file.name(), 1, 1, "not YAML: " + e.getMessage(), ""), e);
        }
    }

    /** Few levels and no aliases: a small file of either kind can unfold into more than the memory holds. */
    private static void simple(FlowFile file, Iterable<Event> events) throws Refused {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new Refused(List.of(
                        at(file, event.getStartMark(), "more than " + DEEPEST + " levels", "write it flatter")));
            }
            if (event instanceof AliasEvent) {
                throw new Refused(
                        List.of(at(file, event.getStartMark(), "a flow has no aliases", "write what it stands for")));
            }
        }
    }

    FlowFile file() {
        return file;
    }

    /** What the file lists. */
    List<Node> entries() {
        return roots.stream()
                .filter(SequenceNode.class::isInstance)
                .flatMap(root -> ((SequenceNode) root).getValue().stream())
                .toList();
    }

    /** The {@code route} of each entry of the file, in order. */
    List<MappingNode> routes() {
        return entries().stream()
                .flatMap(entry -> member(entry, "route").stream())
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .toList();
    }

    /** Every mapping of the file, outer before inner. */
    List<MappingNode> mappings() {
        List<MappingNode> found = new ArrayList<>();
        roots.forEach(root -> collect(root, found));
        return found;
    }

    /** Every address of the file, in order: the text of a {@code uri} or a {@code to}. */
    List<Endpoint> endpoints() {
        List<Endpoint> found = new ArrayList<>();
        for (MappingNode step : mappings()) {
            for (String key : List.of("uri", "to")) {
                scalar(step, key).ifPresent(uri -> found.add(new Endpoint(uri, step)));
            }
        }
        return found;
    }

    private static void collect(Node node, List<MappingNode> found) {
        if (node instanceof MappingNode mapping) {
            found.add(mapping);
            mapping.getValue().forEach(member -> collect(member.getValueNode(), found));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(entry -> collect(entry, found));
        }
    }

    static Optional<Node> member(Node node, String name) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(member -> name.equals(text(member.getKeyNode()).orElse("")))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    static Optional<ScalarNode> scalar(Node node, String name) {
        return member(node, name).filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast);
    }

    static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    static Optional<String> text(Node node, String name) {
        return member(node, name).flatMap(FlowTree::text);
    }

    Finding finding(Node place, String reason, String fix) {
        return at(file, place.getStartMark(), reason, fix);
    }

    /** A finding at a part of a value; at its begin when the part is not written as it is read. */
    Finding finding(ScalarNode value, Pattern part, String reason, String fix) {
        return new Passage(file.text(), value).at(part, finding(value, reason, fix));
    }

    static Finding at(FlowFile file, Optional<Mark> mark, String reason, String fix) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        return new Finding(file.name(), line, column, reason, fix);
    }

    /** Every text of the file that is a value. */
    List<ScalarNode> scalars() {
        List<ScalarNode> found = new ArrayList<>();
        roots.forEach(root -> scalars(root, found));
        return found;
    }

    private static void scalars(Node node, List<ScalarNode> found) {
        if (node instanceof ScalarNode scalar) {
            found.add(scalar);
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(member -> scalars(member.getValueNode(), found));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(entry -> scalars(entry, found));
        }
    }

    /** The values of a mapping that are texts. */
    static List<ScalarNode> values(Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(NodeTuple::getValueNode)
                        .filter(ScalarNode.class::isInstance)
                        .map(ScalarNode.class::cast)
                        .toList()
                : List.of();
    }

    /** Whether a mapping takes members from another with {@code <<}. */
    static boolean isMerged(MappingNode mapping) {
        return mapping.getValue().stream()
                .anyMatch(member -> text(member.getKeyNode()).orElse("").equals("<<"));
    }

    /** The comment that cuts off what looks like a part of the value. */
    Optional<String> comment(Node value) {
        return value.getEndMark()
                .flatMap(mark -> file.text()
                        .lines()
                        .skip(mark.getLine())
                        .findFirst()
                        .map(line -> line.substring(mark.getColumn()).strip()))
                .filter(rest -> rest.startsWith("#"));
    }
}
