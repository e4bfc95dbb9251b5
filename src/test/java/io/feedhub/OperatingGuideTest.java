package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.cli.Commands;
import io.feedhub.delivery.Notices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/**
 * What docs/operating.md shows: each command is given to a running hub, in the page's order, and answers what the page says,
 * with other numbers. What was really printed is left in target/operating.txt.
 */
class OperatingGuideTest {
    private static final Path PAGE = Path.of("docs/operating.md");
    private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final String QUIET =
            """
            select (select count(*) from feedhub.occurrence where outcome in ('planned', 'running'))
              + (select count(*) from command_queue where status in ('queued', 'running'))""";
    private static final Set<String> START_A_HUB = Set.of("run", "sandbox", "test");
    private static final Set<String> PRINT_LONG_LINES = Set.of("token", "password", "completion");
    private static final List<String> FLOWS =
            List.of("infrastructure/heartbeat_pulse", "intelligence/x_repost_watcher");

    @TempDir
    private static Path folder;

    private static RunningHub hub;
    private static Map<String, String> settings;

    private final List<Command> commands = commands();

    OperatingGuideTest() throws IOException {}

    @BeforeAll
    static void start() throws IOException {
        Path routes = folder.resolve("routes");
        FileSystemUtils.copyRecursively(Path.of("routes/_shared"), routes.resolve("_shared"));
        for (String flow : FLOWS) {
            Files.createDirectories(routes.resolve(flow).getParent());
            Files.copy(Path.of("routes", flow + ".yaml"), routes.resolve(flow + ".yaml"));
        }
        hub = new RunningHub(routes, Map.of("feedhub.node.name", "studio-mac"));
        settings = new TreeMap<>(
                Map.of("feedhub.user", "admin", "feedhub.password", "secret", "feedhub.url", hub.address()));
        hub.settings().forEach((key, value) -> settings.put(key, value.toString()));
        settings.forEach(System::setProperty);
        whatTheGuideFinds();
    }

    @AfterAll
    static void stop() {
        settings.keySet().forEach(System::clearProperty);
        hub.close();
    }

    /** A missed instant, three messages that Discord refuses, an edit, a file with a mistake, and an old hub's state. */
    private static void whatTheGuideFinds() throws IOException {
        hub.database()
                .sql("insert into feedhub.occurrence (flow, scheduled_at, outcome, error, started_at, ended_at)"
                        + " values ('heartbeat_pulse', now() - interval '1 hour', 'missed',"
                        + " 'no node ran it at its time; catchUp is once, a later instant runs', null, now())")
                .update();
        hub.standIns().discord().moods().refuseForms(true);
        for (String title : List.of("first", "second")) {
            hub.bean(Notices.class).post("ops", title, "", "info");
        }
        Awaitility.await().until(() -> hub.count("select count(*) from feedhub.outgoing where state = 'parked'") == 2);
        hub.standIns().discord().moods().refuseForms(false);
        String flow = Files.readString(Path.of("routes/infrastructure/heartbeat_pulse.yaml"));
        assertThat(hub.put("/api/flows/heartbeat_pulse", "1", flow.replace("Tell #infra when", "Say in #infra when"))
                        .statusCode())
                .isEqualTo(200);
        Files.createDirectories(folder.resolve("drafts/infrastructure"));
        Files.writeString(
                folder.resolve("drafts/infrastructure/heartbeat_pulse.yaml"),
                flow.replaceFirst("uri: sql\\b", "uri: sqll"));
        Files.createDirectories(folder.resolve("old-hub"));
        Files.writeString(
                folder.resolve("old-hub/.x_repost_watcher.json"),
                "{\"seen\": [\"1790\", \"1791\"], \"cursor\": \"a1\"}");
        Files.writeString(
                folder.resolve("old-hub/.x_repost_watcher.sync-conflict-20260306-101500-ABCDEFG.json"),
                "{\"seen\": [\"1790\", \"1792\"], \"cursor\": \"a0\"}");
    }

    @Test
    void everyCommandPrintsWhatThePageSays() throws IOException {
        assertThat(commands).hasSizeGreaterThan(20);
        List<String> transcript = new ArrayList<>();
        SoftAssertions all = new SoftAssertions();
        for (Command command : commands) {
            String printed = command.run();
            transcript.add(command.line() + "\n" + printed);
            all.assertThat(printed).as(command.line()).matches(command.expected());
            if (!PRINT_LONG_LINES.contains(command.name())) {
                all.assertThat(printed.lines()).as(command.line()).allMatch(line -> line.length() <= 100);
            }
            Awaitility.await().until(() -> hub.count(QUIET) == 0);
            hub.awaitDeliveries();
        }
        Files.write(Path.of("target/operating.txt"), transcript);
        all.assertAll();
    }

    @Test
    void everyCommandIsOnThePage() {
        Set<String> shown = commands.stream().map(Command::name).collect(Collectors.toSet());
        String help = new Command("$ ./feedhub --help", "").run();
        Matcher names = Pattern.compile("^  ([a-z][a-z-]+) ", Pattern.MULTILINE).matcher(help);
        Set<String> there = names.results().map(name -> name.group(1)).collect(Collectors.toSet());
        there.removeAll(START_A_HUB);
        assertThat(there).hasSizeGreaterThan(20);
        assertThat(shown).containsAll(there);
    }

    private static List<Command> commands() throws IOException {
        List<Command> commands = new ArrayList<>();
        CONSOLE.matcher(Files.readString(PAGE)).results().forEach(block -> {
            for (String one : block.group(1).split("(?m)^(?=\\$ )")) {
                int end = one.indexOf('\n');
                commands.add(new Command(one.substring(0, end), one.substring(end + 1)));
            }
        });
        return commands;
    }

    /** A line of the page that begins with a dollar, and what stands below it. */
    private record Command(String line, String output) {
        private static final Pattern PLACES = Pattern.compile("…|\\d+|\\s+|https?://127\\.0\\.0\\.1:\\d+");

        String name() {
            return line.replaceFirst("^.*\\./feedhub ([\\w-]+).*$", "$1");
        }

        /** Runs it as the launcher would, in the folder in which the page's files are. */
        String run() {
            String input = line.startsWith("$ echo ") ? line.replaceFirst("^\\$ echo '(.*)' \\|.*$", "$1") : "";
            String[] arguments = line.replaceFirst("^.*\\./feedhub ", "")
                    .replace(" drafts/", " " + folder + "/drafts/")
                    .replace(" old-hub", " " + folder + "/old-hub")
                    .split(" ");
            PrintStream out = System.out;
            PrintStream err = System.err;
            InputStream in = System.in;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
            try {
                System.setIn(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.UTF_8)));
                System.setOut(both);
                System.setErr(both);
                Commands.run(new SpringApplication(FeedHub.class), arguments);
            } finally {
                System.setIn(in);
                System.setOut(out);
                System.setErr(err);
            }
            return printed.toString(StandardCharsets.UTF_8)
                    .replace(folder + "/", "")
                    .replaceAll("(?m)^[0-9:.]+ (INFO|WARN) .*\\n", ""); // the hub's own log
        }

        /** Numbers stand for numbers, blanks for blanks, an ellipsis for anything. */
        String expected() {
            Map<Character, String> kinds = new HashMap<>(Map.of('…', ".*?", 'h', "\\S+"));
            String pattern = PLACES.matcher(output).replaceAll(place -> {
                char first = place.group().charAt(0);
                String kind = Character.isDigit(first) ? "\\d+" : kinds.getOrDefault(first, "\\s+");
                return Matcher.quoteReplacement("\\E" + kind + "\\Q");
            });
            return "(?s)\\Q" + pattern + "\\E";
        }
    }
}
