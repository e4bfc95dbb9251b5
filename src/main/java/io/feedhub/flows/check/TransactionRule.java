package io.feedhub.flows.check;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** No service is asked while a transaction is open: a slow one would keep its connection and its locks from all others. */
final class TransactionRule implements Rule {
    private static final Set<String> TRANSACTIONS = Set.of("one-transaction", "in-batches");

    /** Connectors that only write to the database. */
    private static final Set<String> WITHIN = Set.of("claim-action", "unseen-action", "discord-sink");

    private static final Pattern CALL = Pattern.compile("kamelet:([\\w-]+).*", Pattern.DOTALL);

    @Override
    public List<Finding> check(FlowTree tree) {
        return tree.mappings().stream()
                .flatMap(step -> FlowTree.member(step, "policy").stream())
                .filter(TransactionRule::isTransaction)
                .flatMap(policy -> calls(policy).flatMap(call -> check(tree, call)))
                .distinct() // of one in the other
                .toList();
    }

    private static boolean isTransaction(Node policy) {
        return FlowTree.member(policy, "ref")
                .map(BeanRule::bean)
                .filter(TRANSACTIONS::contains)
                .isPresent();
    }

    /** The addresses in a policy, but for those of a batch, which is delivered later. */
    private static Stream<Node> calls(Node node) {
        if (node instanceof SequenceNode several) {
            return several.getValue().stream().flatMap(TransactionRule::calls);
        }
        return node instanceof MappingNode step
                ? step.getValue().stream().flatMap(TransactionRule::member)
                : Stream.of();
    }

    private static Stream<Node> member(NodeTuple member) {
        return switch (FlowTree.text(member.getKeyNode()).orElse("")) {
            case "aggregate" -> Stream.of();
            case "uri", "to" -> Stream.concat(Stream.of(member.getValueNode()), calls(member.getValueNode()));
            default -> calls(member.getValueNode());
        };
    }

    private static Stream<Finding> check(FlowTree tree, Node place) {
        Matcher call = CALL.matcher(FlowTree.text(place).orElse(""));
        return call.matches() && !WITHIN.contains(call.group(1))
                ? Stream.of(tree.finding(
                        place,
                        call.group(1) + " asks a service while a transaction is open",
                        "ask before the policy, and use the answer in it"))
                : Stream.empty();
    }
}
