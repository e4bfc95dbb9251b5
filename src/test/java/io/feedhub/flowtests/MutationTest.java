package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.FeedHub;
import io.feedhub.TestDatabase;
import io.feedhub.flows.Edits;
import io.feedhub.flows.Flow;
import io.feedhub.flows.Outcome;
import io.feedhub.flows.Places;
import io.feedhub.flows.check.FlowFile;
import io.feedhub.flowtests.Mutants.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** A flow with a mistake in it is caught by the tests beside it. Three mistakes for each flow, drawn by lot. */
class MutationTest {
    private static final int EACH = 3;

    @TempDir
    private Path folder;

    @Test
    @Tag("proof")
    void mistakesAreCaught() throws IOException {
        Path routes = folder.resolve("routes");
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        try (ConfigurableApplicationContext hub = new SpringApplicationBuilder(FeedHub.class)
                .profiles("flow-tests")
                .run(
                        "--logging.level.io.feedhub=off",
                        "--feedhub.routes=" + routes,
                        "--flow-tests.database=" + TestDatabase.create().url())) {
            Map<Mutant, Boolean> caught = new LinkedHashMap<>();
            Random random = new Random(20261124);
            for (Flow flow : hub.getBean(FlowTests.class).flows()) {
                caught.putAll(mutate(hub, flow, Files.readString(folder.resolve(flow.file())), random));
            }
            List<String> survivors = caught.entrySet().stream()
                    .filter(entry -> !entry.getValue())
                    .map(entry -> entry.getKey().flow() + ": " + entry.getKey().mistake())
                    .toList();
            System.getLogger("mutation")
                    .log(System.Logger.Level.WARNING, "{0} mutants, survivors {1}", caught.size(), survivors);
            assertThat(caught).hasSizeGreaterThanOrEqualTo(30);
            assertThat(survivors).hasSizeLessThanOrEqualTo(caught.size() / 10);
        }
    }

    private static Map<Mutant, Boolean> mutate(
            ConfigurableApplicationContext hub, Flow flow, String right, Random random) {
        List<Mutant> mutants = new ArrayList<>(Mutants.of(flow.id(), right));
        Collections.shuffle(mutants, random);
        Map<Mutant, Boolean> caught = new LinkedHashMap<>();
        for (Mutant mutant : mutants) {
            if (caught.size() < EACH && goesLive(hub, flow, mutant.text())) {
                caught.put(mutant, isCaught(hub.getBean(FlowTests.class), flow));
            }
        }
        assertThat(goesLive(hub, flow, right)).as(flow.id() + " is put right").isTrue();
        return caught;
    }

    private static boolean goesLive(ConfigurableApplicationContext hub, Flow flow, String text) {
        Edits edits = hub.getBean(Edits.class);
        FlowFile file = hub.getBean(Places.class).of(flow.id(), text);
        int head = hub.getBean(FlowTests.class).flows().stream()
                .filter(one -> one.id().equals(flow.id()))
                .mapToInt(Flow::revision)
                .findFirst()
                .orElse(0);
        return edits.submit(file, head, "mutation") instanceof Outcome.Accepted;
    }

    private static boolean isCaught(FlowTests tests, Flow flow) {
        return tests.of(flow).stream().map(tests::run).anyMatch(verdict -> !verdict.passed());
    }
}
