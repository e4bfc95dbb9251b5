package io.feedhub.state.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.state.SeenTable;
import io.feedhub.state.VariableTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** 14 state files and their 73 copies, and what must come out of them, key by key. */
class OldStateTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource dataSource = TestDatabase.migrated().dataSource();
    private final JdbcClient database = JdbcClient.create(dataSource);

    @TempDir
    private Path folder;

    private JsonNode fixture = JSON.nullNode();
    private Rules rules = Rules.NONE;

    @BeforeEach
    void writeFiles() throws IOException {
        String yaml = Files.readString(Path.of("src/test/resources/imports/old-state.yaml"));
        fixture = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        for (JsonNode file : fixture.path("files")) {
            Path path = folder.resolve(file.path("file").asText());
            Files.createDirectories(path.getParent());
            Files.write(path, content(file));
            Files.setLastModifiedTime(
                    path, FileTime.from(Instant.parse(file.path("modified").asText())));
        }
        Path rulesFile = Files.writeString(
                folder.resolve("rules.yaml"), fixture.path("rules").toString());
        rules = Rules.read(rulesFile);
    }

    @Test
    void everyKeyComesFromTheCopyThatItsKindSays() throws IOException {
        assertThat(fixture.path("files")).hasSize(14 + 73);
        Map<String, Entry> found = OldState.read(folder, rules, (done, all) -> {}).entries().stream()
                .collect(Collectors.toMap(entry -> entry.flow() + "." + entry.name(), entry -> entry));
        for (JsonNode expected : fixture.path("expected")) {
            String name =
                    expected.path("flow").asText() + "." + expected.path("name").asText();
            Entry entry = found.remove(name);
            assertThat(entry).as(name).isNotNull();
            assertThat(entry.file()).as(name).isEqualTo(expected.path("file").asText());
            assertThat(entry.kind()).as(name).isEqualTo(expected.path("kind").asText());
            assertThat(entry.copies())
                    .as(name)
                    .isEqualTo(expected.path("copies").asInt());
            assertThat(entry.conflicts())
                    .as(name)
                    .isEqualTo(expected.path("conflicts").asInt());
            assertThat(entry.value())
                    .as(name)
                    .isEqualTo(JSON.readTree(expected.path("value").asText()));
            assertThat(JSON.valueToTree(entry.sources()).toString())
                    .as(name)
                    .isEqualTo(sorted(expected.path("sources").asText()));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void brokenFilesAreSkippedWithTheirReason() throws IOException {
        Map<String, String> skipped = OldState.read(folder, rules, (done, all) -> {}).skipped().stream()
                .collect(Collectors.toMap(Skipped::file, Skipped::reason, (a, b) -> a, TreeMap::new));
        assertThat(skipped).hasSize(fixture.path("skipped").size());
        fixture.path("skipped").properties().forEach(file -> assertThat(skipped.get(file.getKey()))
                .as(file.getKey())
                .startsWith(file.getValue().asText()));
    }

    @Test
    void whatIsNotClearIsAskedAndNotGuessed() throws IOException {
        List<String> expected = StreamSupport.stream(fixture.path("unclear").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(OldState.read(folder, rules, (done, all) -> {}).questions())
                .extracting(question -> question.file() + " " + question.key())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(OldState.read(folder, Rules.NONE, (done, all) -> {}).questions())
                .extracting(question -> question.file() + " " + question.key())
                .containsAll(expected)
                .contains(".article_intake.json posted", ".Noosphere-Pulse.json ", ".scheduler_lock.json pid");
    }

    @Test
    void whichOfTwoFilesAVariableComesFromIsAsked() throws IOException {
        Path old = folder.resolve("twice");
        Files.createDirectories(old.resolve("archive"));
        for (String file : List.of(".x_cache.json", ".x_state.json", ".y.json", "archive/.y.json")) {
            Files.writeString(old.resolve(file), "{\"updated_at\": \"2026-03-01\", \"ids\": [\"" + file + "\"]}");
        }
        assertThat(OldState.read(old, Rules.NONE, (done, all) -> {}).questions())
                .extracting(question -> question.file() + " " + question.key() + " " + question.reason())
                .containsExactly(
                        ".x_state.json updated_at it becomes state:x.updated_at, as that of .x_cache.json does",
                        "archive/.y.json updated_at it becomes state:y.updated_at, as that of .y.json does");
        Path named = Files.writeString(
                old.resolve("rules.yaml"),
                "files: { x_cache: { keys: { updated_at: { kind: latest, as: cached_at } } },"
                        + " y: { keys: { updated_at: { kind: ignore } } } }");
        assertThat(OldState.read(old, Rules.read(named), (done, all) -> {}).questions())
                .isEmpty();
    }

    @Test
    void theSameImportTwiceIsOne() throws IOException {
        Imports imports = imports();
        List<Entry> entries = OldState.read(folder, rules, (done, all) -> {}).entries();
        imports.apply(entries);
        String once = everything();
        assertThat(imports.apply(entries))
                .allSatisfy(outcome -> assertThat(outcome.written()).isZero());
        assertThat(everything()).isEqualTo(once);
        assertThat(count("select count(*) from feedhub.seen where flow = 'x_repost_watcher'"))
                .isEqualTo(60);
        assertThat(count("select count(*) from feedhub.import")).isEqualTo(entries.size());
        assertThat(
                        count(
                                "select count(*) from feedhub.import i where i.entries = (select count(*) from jsonb_object_keys(sources))"))
                .isEqualTo(entries.size());
    }

    @Test
    void whatAFlowHasWrittenSinceIsKept() throws IOException {
        database.sql("insert into feedhub.state (flow, name, value) values ('backup_check', 'latest', '\"new\"')")
                .update();
        assertThat(imports()
                        .apply(OldState.read(folder, rules, (done, all) -> {}).entries()))
                .filteredOn(outcome -> outcome.flow().equals("backup_check"))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.note()).contains("the flow has written since"));
        assertThat(database.sql("select value #>> '{}' from feedhub.state where flow = 'backup_check'")
                        .query(String.class)
                        .single())
                .isEqualTo("new");
    }

    /** PostgreSQL takes that character in no text; flows store the same. */
    @Test
    void aNulInTheOldStateIsImportedAsFlowsWriteIt() throws IOException {
        Path old = Files.createDirectory(folder.resolve("nul"));
        Files.writeString(
                old.resolve(".z.json"), "{\"ids\": [\"a\\u0000b\"], \"names\": {\"a\\u0000b\": \"c\\u0000\"}}");
        imports().apply(OldState.read(old, Rules.NONE, (done, all) -> {}).entries());
        assertThat(database.sql("select key from feedhub.seen where flow = 'z'")
                        .query(String.class)
                        .single())
                .isEqualTo("a\uFFFDb");
        assertThat(database.sql("select value ->> 'a\uFFFDb' from feedhub.state where flow = 'z'")
                        .query(String.class)
                        .single())
                .isEqualTo("c\uFFFD");
    }

    @Test
    void rulesThatAreNoneAreRefusedWithTheReason() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "files: { a: { kind: newset } }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rules.read(wrong))
                .withMessageContaining("newset")
                .withMessageContaining("NEWEST");
    }

    private Imports imports() {
        return new Imports(
                database,
                new VariableTable(database),
                new SeenTable(database),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                new Json(JSON));
    }

    private String everything() {
        return database.sql(
                        """
                select concat((select json_agg(s order by flow, key) from feedhub.seen s),
                              (select json_agg(s order by flow, name) from feedhub.state s),
                              (select json_agg(s order by flow, name, version) from feedhub.state_version s))""")
                .query(String.class)
                .single();
    }

    private long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    private static byte[] content(JsonNode file) {
        if (file.has("ff")) {
            byte[] bytes = new byte[file.path("ff").asInt()];
            Arrays.fill(bytes, (byte) 0xFF);
            return bytes;
        }
        return file.path(file.has("raw") ? "raw" : "json").asText().getBytes(StandardCharsets.UTF_8);
    }

    private static String sorted(String json) throws IOException {
        return JSON.valueToTree(JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {}))
                .toString();
    }
}
