package io.feedhub.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.HubProcess;
import io.feedhub.RunningHub;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A machine's hands: rows of the queue become programs that run, or reasons why not. */
class CommandsTest {
    private static final String SECRET = "s3cret-of-numu";

    @TempDir
    private static Path folder;

    private static Path directory;
    private static RunningHub hub;
    private static CommandRunner hands;

    /** The machine's hands are exchanged for some that look more often. */
    @BeforeAll
    static void start() throws IOException {
        directory = Files.createDirectory(folder.resolve("work"));
        Map<String, Object> settings = new HashMap<>(commands());
        settings.put("feedhub.services.numu.token", SECRET);
        settings.put("feedhub.node.name", "here");
        hub = new RunningHub(folder.resolve("routes"), settings);
        hub.database()
                .sql("insert into feedhub.node (name, version) values ('there', 'dev')")
                .update();
        hub.bean(CommandRunner.class).stop();
        hands = new CommandRunner(hub.bean(Inbox.class), hub.bean(Secrets.class), Duration.ofMillis(50));
        hands.start();
    }

    private static Map<String, Object> commands() {
        Map<String, Object> commands = new HashMap<>();
        name(commands, "say", "/usr/bin/printf", "%s", "{text}");
        commands.put("feedhub.commands.say.patterns.text", ".{0,300}");
        commands.put("feedhub.commands.say.separator", ""); // it would print it
        commands.put("feedhub.commands.say.directory", directory.toString());
        name(commands, "sleep", "/bin/sleep", "60");
        name(commands, "nap", "/bin/sleep", "60");
        commands.put("feedhub.commands.nap.timeout", "1s");
        commands.put("feedhub.commands.sleep.repeatable", true);
        name(commands, "count", "/usr/bin/seq", "100000");
        commands.put("feedhub.commands.count.output", "1000B");
        name(commands, "environment", "/usr/bin/env");
        commands.put("feedhub.commands.environment.environment", "LANG,PATH");
        name(commands, "fail", "/bin/false");
        name(commands, "deep", "/bin/true", "{text}");
        commands.put("feedhub.commands.deep.patterns.text", "(a|b|ab)*(ba)?c?");
        name(commands, "gone", "/no/such/program");
        name(commands, "careful", "/bin/true");
        commands.put("feedhub.commands.careful.roles", "admin");
        return commands;
    }

    private static void name(Map<String, Object> commands, String name, String program, String... arguments) {
        commands.put("feedhub.commands." + name + ".program", program);
        commands.put("feedhub.commands." + name + ".roles", "operator,sql");
        for (int i = 0; i < arguments.length; i++) {
            commands.put("feedhub.commands." + name + ".arguments[" + i + "]", arguments[i]);
        }
    }

    @AfterAll
    static void stop() {
        hands.stop();
        hub.close();
    }

    @Test
    void aRowThatIsWrittenBySqlRunsOnceAndIsOnRecord() {
        QueuedCommand ended = ended(ask("here", "say", Map.of("text", "hello; $(world) 🦊")));
        assertThat(ended.status()).isEqualTo("done");
        assertThat(ended.output()).isEqualTo("hello; $(world) 🦊");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.attempt()).isEqualTo(1);
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'command.run' and who = 'postgres'"
                        + " and subject = 'say on here' and (after ->> 'id')::bigint = " + ended.id()))
                .isEqualTo(1);
    }

    @Test
    void whatFailsSaysWhy() {
        assertThat(ended(ask("here", "fail", Map.of())))
                .extracting(QueuedCommand::status, QueuedCommand::exitCode, QueuedCommand::reason)
                .containsExactly("failed", 1, "exit code 1");
        assertThat(ended(ask("here", "gone", Map.of())).reason()).startsWith("not started:");
        assertThat(ended(ask("here", "nap", Map.of())))
                .extracting(QueuedCommand::status, QueuedCommand::reason)
                .containsExactly("failed", "stopped: it ran longer than 1 s");
    }

    @Test
    void whatMayNotRunIsRefusedWithItsReasonOnTheRowAndOnRecord() {
        QueuedCommand refused = ended(ask("here", "careful", Map.of()));
        assertThat(refused.status()).isEqualTo("refused");
        assertThat(refused.reason()).isEqualTo("careful is not for the role sql; it is for: admin");
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'command.run' and result = 'refused'"
                        + " and subject = 'careful on here' and (after ->> 'id')::bigint = " + refused.id()))
                .isEqualTo(1);
        assertThat(ended(ask("here", "rm -rf /", Map.of())).reason()).startsWith("no command rm -rf /; there are: ");
    }

    @Test
    void aRowThatNobodyCanJudgeIsRefusedAndTheNextOneRuns() {
        long nothing = hub.database()
                .sql(
                        "insert into command_queue (machine, command, arguments) values ('here', 'fail', 'null') returning id")
                .query(Long.class)
                .single();
        long deep = ask("here", "deep", Map.of("text", "ab".repeat(4_000)));
        assertThat(ended(ask("here", "say", Map.of("text", "next"))).status()).isEqualTo("done");
        assertThat(row(nothing).reason()).startsWith("there is no argument arguments");
        assertThat(row(deep).reason()).isEqualTo("its arguments cannot be judged: StackOverflowError");
    }

    @Test
    void ofALongOutputTheBeginningIsKept() {
        QueuedCommand ended = ended(ask("here", "count", Map.of()));
        assertThat(ended.truncated()).isTrue();
        assertThat(ended.output()).startsWith("1\n2\n3\n").hasSize(1000);
    }

    @Test
    void aListHasTheBeginningOfALongOutputAndTheRowHasAll() {
        long id = hub.database()
                .sql("insert into command_queue (machine, command, status, output, errors)"
                        + " values ('far', 'say', 'done', repeat('o', 5000), repeat('e', 5000)) returning id")
                .query(Long.class)
                .single();
        assertThat(hub.get("/api/commands?machine=far").at("/items/0/output").asText())
                .hasSize(2000);
        assertThat(hub.get("/api/commands?machine=far").at("/items/0/errors").asText())
                .hasSize(2000);
        assertThat(hub.get("/api/commands/" + id).path("output").asText()).hasSize(5000);
    }

    @Test
    void aSecretIsMasked() {
        QueuedCommand ended =
                ended(ask("here", "say", Map.of("text", "token " + SECRET + " and Bearer abcdefghijklmnop")));
        assertThat(ended.output()).isEqualTo("token *** and Bearer ***");
    }

    @Test
    void aProgramGetsNoVariableThatIsNotListed() {
        assertThat(ended(ask("here", "environment", Map.of())).output().lines())
                .allMatch(line -> line.startsWith("LANG=") || line.startsWith("PATH="));
    }

    @Test
    void anotherMachinesCommandWaits() {
        long other = ask("there", "say", Map.of("text", "x"));
        ended(ask("here", "say", Map.of("text", "y")));
        assertThat(row(other).status()).isEqualTo("queued");
    }

    @Test
    void askedTwiceWithOneKeyItIsOneCommand() throws IOException {
        String body =
                "{\"machine\": \"there\", \"command\": \"say\", \"arguments\": {\"text\": \"x\"}, \"key\": \"once\"}";
        String first = hub.send("POST", "/api/commands", body).body();
        assertThat(new ObjectMapper()
                        .readTree(hub.send("POST", "/api/commands", body).body())
                        .path("id")
                        .asLong())
                .isEqualTo(new ObjectMapper().readTree(first).path("id").asLong());
        assertThat(hub.count("select count(*) from command_queue where idempotency_key = 'once'"))
                .isEqualTo(1);
        for (String other : List.of(body.replace("there", "here"), body.replace("\"x\"", "\"y\""))) {
            HttpResponse<String> refused = hub.send("POST", "/api/commands", other);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("the key once was used for another request");
        }
    }

    @Test
    void askedTwiceAtOnceWithOneKeyItIsOneCommand() {
        String body = "{\"machine\": \"there\", \"command\": \"say\", \"key\": \"at once\"}";
        CompletableFuture<HttpResponse<String>> second =
                Objects.requireNonNull(hub.bean(TransactionTemplate.class).execute(open -> {
                    assertThat(hub.bean(CommandQueue.class).add("there", "say", Map.of(), "admin", "admin", "at once"))
                            .isPresent();
                    CompletableFuture<HttpResponse<String>> asked =
                            CompletableFuture.supplyAsync(() -> hub.send("POST", "/api/commands", body));
                    Awaitility.await()
                            .until(() -> hub.count("select count(*) from pg_stat_activity"
                                            + " where datname = current_database() and wait_event_type = 'Lock'")
                                    > 0);
                    return asked;
                }));
        assertThat(second.join().statusCode()).isEqualTo(202);
        assertThat(hub.count("select count(*) from command_queue where idempotency_key = 'at once'"))
                .isEqualTo(1);
    }

    @Test
    void onlyTheHubsOwnWordMakesARowOneOfItsRole() {
        long own = ask("careful", Map.of());
        assertThat(ended(own))
                .extracting(QueuedCommand::status, QueuedCommand::role)
                .containsExactly("done", "admin");
        assertThat(ended(forged("careful", own)).reason())
                .isEqualTo("careful is not for the role sql; it is for: admin");
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'command.run' and role = 'admin'"
                        + " and subject = 'careful on here' and (after ->> 'id')::bigint = " + own))
                .isEqualTo(1);

        assertThat(hub.count("select count(*) from feedhub.command_warrant where id = " + own))
                .as("kept for a command that has ended")
                .isZero();
        hub.database()
                .sql("update command_queue set status = 'queued', ended_at = null where id = ?")
                .param(own)
                .update();
        assertThat(ended(own).reason()).as("begun once more").startsWith("careful is not for the role sql");
        assertThat(ended(changed("say", "careful")).reason()).startsWith("careful is not for the role sql");
    }

    private static long ask(String command, Map<String, ?> arguments) {
        return hub.bean(CommandQueue.class)
                .add("here", command, arguments, "admin", "admin", null)
                .orElseThrow();
    }

    private static long forged(String command, long like) {
        return hub.database()
                .sql("insert into command_queue (machine, command, arguments, requested_by, role, source)"
                        + " select machine, ?, arguments, requested_by, role, source from command_queue where id = ?"
                        + " returning id")
                .params(command, like)
                .query(Long.class)
                .single();
    }

    /** One that was asked for by an administrator, and changed before its machine took it. */
    private static long changed(String asked, String into) {
        return Objects.requireNonNull(hub.bean(TransactionTemplate.class).execute(open -> {
            long id = ask(asked, Map.of());
            hub.bean(JdbcClient.class)
                    .sql("update command_queue set command = ? where id = ?")
                    .params(into, id)
                    .update();
            return id;
        }));
    }

    @Test
    void aMachineThatThereIsNotIsNotAsked() {
        HttpResponse<String> answer =
                hub.send("POST", "/api/commands", "{\"machine\": \"hree\", \"command\": \"say\"}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no machine hree; did you mean here?");
        assertThat(hub.count("select count(*) from command_queue where machine = 'hree'"))
                .isZero();
    }

    @Test
    void whatNamesNoMachineOrNoCommandIsNoRequest() {
        for (String body : List.of(
                "{}",
                "{\"machine\": \"here\"}",
                "{\"machine\": \" \", \"command\": \"say\"}",
                "{\"machine\": \"here\", \"command\": \"\\u001b[2Jsay\"}",
                "{\"machine\": \"here\", \"command\": \"" + "x".repeat(201) + "\"}")) {
            assertThat(hub.send("POST", "/api/commands", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void ofAMachineThatDiesNobodyKnowsWhatItRanAndNobodyRunsItAgainUnlessItMayBe() throws Exception {
        Map<String, Object> settings = new HashMap<>(hub.settings());
        settings.putAll(commands());
        settings.put("feedhub.node.name", "victim");
        settings.put("feedhub.commands.nap.timeout", "60s");
        Process victim = HubProcess.start(settings, folder.resolve("victim.log"), "run");
        long once = ask("victim", "nap", Map.of());
        long again = ask("victim", "sleep", Map.of());
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> row(once).status().equals("running")
                        && row(again).status().equals("running"));
        List<ProcessHandle> programs = victim.descendants().toList();
        victim.destroyForcibly().waitFor();
        programs.forEach(ProcessHandle::destroyForcibly);
        hub.database()
                .sql("update command_queue set lease_until = now() - interval '1 second' where status = 'running'")
                .update();
        Awaitility.await()
                .until(() -> row(once).status().equals("unknown")
                        && row(again).status().equals("queued"));
        assertThat(row(once).reason()).isEqualTo("victim died while this ran; nobody knows how it ended");
        assertThat(row(again).attempt()).isEqualTo(1);
    }

    /** Its machine was believed dead, and it is to be run again. */
    @Test
    void anEndThatComesTooLateTakesNoLeaveFromTheNextAttempt() {
        long again = hub.bean(CommandQueue.class)
                .add("there", "sleep", Map.of(), "admin", "admin", null)
                .orElseThrow();
        hub.bean(Inbox.class)
                .close(
                        new Inbox.Taken(again, 1, null, List.of()),
                        new Inbox.Ending(0, null, "", "", false, Duration.ofSeconds(1)));
        assertThat(row(again).status()).isEqualTo("queued");
        assertThat(hub.count("select count(*) from feedhub.command_warrant where id = " + again))
                .isEqualTo(1);
    }

    @Test
    void nothingUnintendedRunsWhateverIsInARow() throws IOException {
        fuzz(200, 8);
    }

    @Test
    @Tag("proof")
    void nothingUnintendedRunsInTenThousandRows() throws IOException {
        fuzz(10_000, 20261124);
    }

    private void fuzz(int rows, long seed) throws IOException {
        Nastiness nastiness = new Nastiness(new Random(seed), directory.resolve("canary"));
        Map<Long, String> asked = new HashMap<>();
        for (int i = 0; i < rows; i++) {
            Nastiness.Row row = nastiness.next();
            asked.put(ask("here", row.command(), row.arguments()), row.command().equals("say") ? row.text() : "");
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(20))
                .until(() ->
                        hub.count("select count(*) from command_queue where machine = 'here' and status in ('queued',"
                                        + " 'running')")
                                == 0);
        List<QueuedCommand> ended =
                asked.keySet().stream().map(CommandsTest::row).toList();
        assertThat(ended.stream().filter(row -> !isAsItMustBe(row, asked.getOrDefault(row.id(), ""))))
                .isEmpty();
        assertThat(ended).extracting(QueuedCommand::status).contains("done", "refused");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("what a shell would have left behind").isEmpty();
        }
    }

    /** Refused with a reason, or the one named program that printed what it was given, character for character. */
    private static boolean isAsItMustBe(QueuedCommand row, String text) {
        return row.status().equals("refused")
                ? row.reason() != null && !row.reason().isBlank()
                : row.status().equals("done")
                        && row.command().equals("say")
                        && row.output().equals(text);
    }

    private static long ask(String machine, String command, Map<String, ?> arguments) {
        try {
            return hub.database()
                    .sql("insert into command_queue (machine, command, arguments) values (?, ?, ?::jsonb) returning id")
                    .params(machine, command, new ObjectMapper().writeValueAsString(arguments))
                    .query(Long.class)
                    .single();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static QueuedCommand ended(long id) {
        Awaitility.await().until(() -> !List.of("queued", "running").contains(row(id).status()));
        return row(id);
    }

    private static QueuedCommand row(long id) {
        return hub.bean(CommandQueue.class).find(id).orElseThrow();
    }
}
