package io.feedhub.flows.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a file as a strict colleague would. Needs no hub; thread-safe. */
public final class Checker {
    private static final Logger log = LoggerFactory.getLogger(Checker.class);
    private static final int LARGEST = 100_000;

    private final List<Rule> rules;
    private final List<Rule> ofFlows;
    private final List<Rule> ofShared = List.of(new SharedNameRule());

    /**
     * @param words the names that files may use
     */
    public Checker(Vocabulary words) {
        Dsl dsl = new Dsl();
        this.rules = List.of(
                new DslRule(dsl),
                new AllowRule(dsl),
                new ReachRule(),
                new TypeRule(),
                new PathRule(),
                new NameRule(),
                new EndpointRule(words),
                new SqlRule(),
                new KameletRule(words),
                new BeanRule(words),
                new TransactionRule(),
                new AggregationRule(),
                new VariableRule(),
                new ErrorRule(),
                new ExpressionRule());
        this.ofFlows =
                List.of(new IdentityRule(), new HeaderRule(), new CronRule(), new TermsRule(), new CallRule(words));
    }

    /** What is wrong with a file, in its order; empty when it may go live. */
    public List<Finding> check(FlowFile file) {
        Optional<Finding> unread = tooLarge(file).or(() -> misnamed(file)).or(() -> notUtf8(file));
        if (unread.isPresent()) {
            return List.of(unread.get());
        }
        try {
            FlowTree tree = FlowTree.of(file);
            List<Finding> findings = new ArrayList<>();
            rules.forEach(rule -> findings.addAll(rule.check(tree)));
            (file.isFlow() ? ofFlows : ofShared).forEach(rule -> findings.addAll(rule.check(tree)));
            return findings.stream()
                    .distinct()
                    .sorted(Comparator.comparing(Finding::line).thenComparing(Finding::column))
                    .toList();
        } catch (Refused e) {
            return e.findings();
        } catch (RuntimeException | StackOverflowError e) { // one file that no rule foresaw must not stop the others
            log.warn("{} cannot be judged", file.name(), e);
            String reason = "this file cannot be judged: " + e.getClass().getSimpleName();
            return List.of(
                    new Finding(file.name(), 1, 1, reason, "take back what you wrote last, or write it simpler"));
        }
    }

    /** The finding for a file that is not even to be compared with another. */
    public static Optional<Finding> tooLarge(FlowFile file) {
        return file.text().length() > LARGEST
                ? Optional.of(
                        new Finding(file.name(), 1, 1, "the file is larger than 100 kB", "a flow has 80 lines at most"))
                : Optional.empty();
    }

    /** No hub would load it. */
    private static Optional<Finding> misnamed(FlowFile file) {
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        return name.endsWith(FlowFile.OTHER_ENDING)
                ? Optional.of(new Finding(
                        file.name(),
                        1,
                        1,
                        "a flow's file ends with " + FlowFile.ENDING,
                        "call it " + name.substring(0, name.length() - FlowFile.OTHER_ENDING.length())
                                + FlowFile.ENDING))
                : Optional.empty();
    }

    /** What {@link FlowFile#of} reads for bytes that are none. */
    private static Optional<Finding> notUtf8(FlowFile file) {
        int at = file.text().indexOf(FlowFile.UNREADABLE);
        if (at < 0) {
            return Optional.empty();
        }
        Spot spot = Spot.of(file.text(), at);
        return Optional.of(new Finding(
                file.name(),
                spot.line(),
                spot.column(),
                "line " + spot.line() + " is not UTF-8",
                "save the file as UTF-8, with that letter written anew; a � that is meant is \"\\uFFFD\""));
    }

    /** The finding for a second file of a flow. */
    public static Finding taken(FlowFile second, String owner) {
        String reason = "the id is taken by " + owner;
        String fix = "give " + second.name() + " or " + owner + ", and the route in it, a name of its own";
        try {
            FlowTree tree = FlowTree.of(second);
            return tree.routes().stream()
                    .flatMap(route -> FlowTree.member(route, "id").stream())
                    .findFirst()
                    .map(id -> tree.finding(id, reason, fix))
                    .orElse(new Finding(second.name(), 1, 1, reason, fix));
        } catch (Refused e) {
            return new Finding(second.name(), 1, 1, reason, fix);
        }
    }
}
