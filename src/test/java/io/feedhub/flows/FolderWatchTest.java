package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What the watch tells of folders that change, vanish and return. */
class FolderWatchTest {
    private static final Duration SETTLE = Duration.ofMillis(60);
    private static final Duration SELDOM = Duration.ofSeconds(60);
    /** Less than the look that comes without an event. */
    private static final Duration BY_EVENT = Duration.ofSeconds(30);

    /** Much more than a file that comes back needs to be told of. */
    private static final Duration CALM = Duration.ofSeconds(3);

    @TempDir
    private Path machine;

    private final Absences absences = new Absences(CALM);
    private final Set<String> told = new ConcurrentSkipListSet<>();
    private final Set<String> returned = new ConcurrentSkipListSet<>();
    private Path routes = Path.of("");
    private FolderWatch watch;
    private final AtomicBoolean broken = new AtomicBoolean();

    @BeforeEach
    void watch() throws IOException {
        routes = machine.resolve("routes");
        write("operations/one.yaml");
        write("operations/two.yaml");
        write("design/three.yaml");
        FlowFolder folder = new FlowFolder(new FlowSettings(
                routes,
                machine.resolve("beans"),
                new FlowSettings.NodeSettings("test"),
                new FlowSettings.EditSettings(SETTLE, SETTLE, 1, true)));
        watch = new FolderWatch(folder, SETTLE, SELDOM, folder.look(), absences, this::tell, returned::add);
        Thread thread = new Thread(watch, "folder-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @Test
    void tellsOfWhatChangedAndOfNothingElse() throws IOException {
        write("operations/one.yaml");
        Files.writeString(routes.resolve("operations/.one.yaml.swp"), "an editor's");
        Files.writeString(routes.resolve("operations/one.test.yaml"), "a test");
        awaitTold("routes/operations/one.yaml");
        Files.delete(routes.resolve("operations/two.yaml"));
        awaitTold("routes/operations/one.yaml", "routes/operations/two.yaml");
    }

    @Test
    void findsFilesInFoldersThatAreNew() throws IOException {
        write("memory/four.yaml");
        awaitTold("routes/memory/four.yaml");
        told.clear();
        write("memory/four.yaml");
        awaitTold("routes/memory/four.yaml");
    }

    @Test
    void watchesAFolderThatTookThePlaceOfAnother() throws IOException {
        Files.createDirectories(machine.resolve("checkout"));
        Files.writeString(machine.resolve("checkout/one.yaml"), "another one");
        Files.move(routes.resolve("operations"), machine.resolve("old"));
        Files.move(machine.resolve("checkout"), routes.resolve("operations"));
        awaitTold("routes/operations/one.yaml", "routes/operations/two.yaml");
        told.clear();
        write("operations/one.yaml");
        awaitTold("routes/operations/one.yaml");
    }

    @Test
    void aFolderThatIsGoneSaysNothingOfItsFilesUntilItIsBack() throws IOException {
        Files.createDirectories(machine.resolve("beans"));
        Files.writeString(machine.resolve("beans/stores.yaml"), "- beans: []");
        FileSystemUtils.deleteRecursively(routes);
        Awaitility.await().pollDelay(SETTLE.multipliedBy(5)).until(() -> true);
        assertThat(told).noneMatch(name -> name.startsWith("routes/"));
        write("operations/one.yaml");
        write("design/three.yaml");
        Awaitility.await().untilAsserted(() -> assertThat(told)
                .contains("routes/design/three.yaml", "routes/operations/one.yaml", "routes/operations/two.yaml"));
    }

    @Test
    void aFolderThatComesBackSlowlySaysNothingOfWhatIsNotThereYet() throws IOException {
        FileSystemUtils.deleteRecursively(routes);
        Awaitility.await().until(() -> absences.sayNothing("routes/"));
        told.clear();
        write("operations/one.yaml");
        awaitTold("routes/operations/one.yaml");
        write("design/three.yaml");
        awaitTold("routes/design/three.yaml", "routes/operations/one.yaml");
        assertThat(absences.sayNothing("routes/"))
                .as("a look for another reason asks")
                .isTrue();
        awaitTold("routes/design/three.yaml", "routes/operations/one.yaml", "routes/operations/two.yaml");
        assertThat(absences.areNone()).isTrue();
        assertThat(returned).containsExactly("routes/");
    }

    @Test
    void tellsAgainWhatCouldNotBeDealtWith() throws IOException {
        broken.set(true);
        Files.delete(routes.resolve("operations/one.yaml"));
        awaitTold("routes/operations/one.yaml");
        assertThat(broken).isFalse();
    }

    private void tell(Set<String> names) {
        if (broken.getAndSet(false)) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        told.addAll(names);
    }

    private void awaitTold(String... names) {
        Awaitility.await().atMost(BY_EVENT).untilAsserted(() -> assertThat(told).containsExactly(names));
    }

    private void write(String name) throws IOException {
        Path file = routes.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "- route: # " + System.nanoTime());
    }
}
