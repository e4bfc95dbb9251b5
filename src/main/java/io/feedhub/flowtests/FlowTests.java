package io.feedhub.flowtests;

import io.feedhub.flows.Flow;
import io.feedhub.flows.Flows;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flowtests.Runs.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The tests of the flows that run in this hub, one after the other on one database: it is emptied before each. Not
 * thread-safe.
 */
@Component
@Profile("flow-tests")
public final class FlowTests {
    private final Flows flows;
    private final Tables tables;
    private final Outside outside;
    private final Runs runs;
    private final Expectations expectations;
    private final CallNames callNames;
    private final Path folder;
    private final Clock clock;

    FlowTests(
            Flows flows,
            Tables tables,
            Outside outside,
            Runs runs,
            Expectations expectations,
            CallNames callNames,
            @Value("${feedhub.routes:routes}") Path folder,
            Clock clock) {
        this.flows = flows;
        this.tables = tables;
        this.outside = outside;
        this.runs = runs;
        this.expectations = expectations;
        this.callNames = callNames;
        this.folder = folder;
        this.clock = clock;
    }

    /** Every flow of this hub, with what stands in the way of those that are refused. */
    public List<Flow> flows() {
        return flows.all();
    }

    /**
     * The cases of a flow; none when it has no test file.
     *
     * @throws TestFileRefused when the test file says something that no test can; the message says where and why
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public List<FlowTest> of(Flow flow) {
        String file = beside(flow.file());
        Path path = folder.resolve(file);
        return Files.exists(path)
                ? TestFile.read(flow.id(), folder.getFileName() + "/" + file, path, callNames::require)
                : List.of();
    }

    /** The test file of a flow's file, below the folder of routes: that one is {@code routes} in names wherever it is. */
    static String beside(String flowFile) {
        String inFolder = flowFile.substring(flowFile.indexOf('/') + 1);
        return inFolder.substring(0, inFolder.length() - FlowFile.ENDING.length()) + FlowFile.TESTS;
    }

    /** Runs one case. */
    public Verdict run(FlowTest test) {
        long began = System.nanoTime();
        List<String> differences;
        try {
            prepare(test);
            differences = expectations.differences(test, play(test));
        } catch (DataAccessException e) {
            differences = List.of("the case cannot be prepared or read: "
                    + e.getMostSpecificCause().getMessage());
        }
        return new Verdict(
                test.flow(), test.name(), test.place(), Duration.ofNanos(System.nanoTime() - began), differences);
    }

    private void prepare(FlowTest test) {
        Given given = test.given();
        tables.empty();
        tables.time(given.time());
        tables.fill(given.rows());
        tables.remember(test.flow(), given.remembered());
        tables.see(test.flow(), given.seen());
        outside.forget();
    }

    private List<Ended> play(FlowTest test) {
        List<Ended> ended = new ArrayList<>();
        Map<String, @Nullable Object> answers = test.given().answers();
        Instant now = test.given().time();
        Instant planned = now == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : now;
        for (Step step : test.when()) {
            answers = Given.merged(answers, step.answers());
            outside.follow(new Script(answers));
            tables.fill(step.rows());
            for (int run = 0; run < step.runs(); run++) {
                if (!ended.isEmpty()) {
                    planned = planned.plus(run == 0 ? step.pause() : Duration.ofMinutes(1));
                    tables.time(now == null ? null : planned);
                }
                ended.add(runs.run(test.flow(), planned, step.body()));
            }
        }
        return ended;
    }
}
