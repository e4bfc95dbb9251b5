package io.feedhub.cli;

import io.feedhub.flows.Flow;
import io.feedhub.flows.FlowState;
import io.feedhub.flowtests.FlowTest;
import io.feedhub.flowtests.FlowTests;
import io.feedhub.flowtests.TestFileRefused;
import io.feedhub.flowtests.Verdict;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests that lie beside the flows. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Run the tests beside the flows, <flow>.test.yaml, on a database of their own.")
final class TestCommand implements Callable<Integer> {
    private final SpringApplication hub;

    @Parameters(paramLabel = "FLOW", arity = "0..*", description = "Only of these flows.")
    private List<String> flows = List.of();

    @Option(names = "--verbose", description = "Also print what the hub logs.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private int passed;
    private int failed;

    TestCommand(SpringApplication hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() {
        hub.setAdditionalProfiles("flow-tests");
        long began = System.nanoTime();
        String level = verbose ? "warn" : "off";
        try (ConfigurableApplicationContext context =
                hub.run("--logging.level.io.feedhub=" + level, "--logging.level.org.apache.camel=" + level)) {
            FlowTests tests = context.getBean(FlowTests.class);
            requireKnown(tests);
            tests.flows().stream()
                    .filter(flow -> flows.isEmpty() || flows.contains(flow.id()))
                    .forEach(flow -> test(tests, flow));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        out().println(String.format(Locale.ROOT, "%n%d cases, %d failed, %.1f s", passed + failed, failed, seconds));
        out().flush();
        return failed == 0 ? 0 : 1;
    }

    private void requireKnown(FlowTests tests) {
        List<String> names = tests.flows().stream().map(Flow::id).toList();
        flows.stream().filter(flow -> !names.contains(flow)).findFirst().ifPresent(flow -> {
            throw new IllegalArgumentException("no flow " + flow + "; there are: " + String.join(", ", names));
        });
    }

    private void test(FlowTests tests, Flow flow) {
        if (flow.state() == FlowState.REFUSED) {
            failed++;
            out().println(flow.id() + " is refused");
            flow.problems().forEach(problem -> out().println("    " + problem));
            return;
        }
        try {
            List<FlowTest> cases = tests.of(flow);
            out().println(flow.id() + (cases.isEmpty() ? " has no tests" : ""));
            cases.forEach(one -> print(tests.run(one)));
        } catch (TestFileRefused | UncheckedIOException e) {
            failed++;
            out().println("  ✗ " + e.getMessage());
        } catch (RuntimeException e) { // a fault of the hub's own: the other flows are tested all the same
            failed++;
            out().println("  ✗ " + e);
            e.printStackTrace(spec.commandLine().getErr());
        }
        out().flush();
    }

    private void print(Verdict verdict) {
        if (verdict.passed()) {
            passed++;
            out().println("  ✓ " + verdict.name());
            return;
        }
        failed++;
        out().println("  ✗ " + verdict.name() + "   " + verdict.place());
        verdict.differences().forEach(line -> out().println("      " + line));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
