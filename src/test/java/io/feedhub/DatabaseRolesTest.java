package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of docs/operating.md, carried out: the hub works with a role that cannot change the audit. */
class DatabaseRolesTest {
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private static final Pattern FILE = Pattern.compile("psql .*< (src/main/resources/\\S+\\.sql)");

    @TempDir
    private Path routes;

    @Test
    void theHubsRoleAddsToTheAuditAndCannotChangeIt() throws IOException {
        List<String> statements = SQL.matcher(Files.readString(Path.of("docs/operating.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(statements).hasSize(2);
        TestDatabase database = TestDatabase.create();
        JdbcClient postgres = JdbcClient.create(database.dataSource());
        postgres.sql(statements.get(0)).update();
        try (RunningHub hub = new RunningHub(
                routes,
                Map.of(
                        "feedhub.database.url", url(database),
                        "feedhub.database.username", "feedhub_app",
                        "spring.flyway.user", "feedhub_owner",
                        "spring.flyway.password", "change me",
                        "spring.flyway.locations", "classpath:db/migration"),
                database)) {
            as("feedhub_owner", database).sql(statements.get(1)).update();
            assertThat(hub.post("/api/deliveries/4711/retry")).isEqualTo(404);
            assertThat(hub.get("/api/audit").at("/items/0/action").asText()).isEqualTo("delivery.retry");
            JdbcClient app = as("feedhub_app", database);
            postgres.sql("create table public.later (id serial, title text)").update();
            app.sql("insert into public.later (title) values ('a table made afterwards')")
                    .update();
            for (String change : List.of(
                    "update feedhub.audit set who = 'nobody'",
                    "delete from feedhub.audit",
                    "truncate feedhub.audit",
                    "alter table feedhub.audit disable trigger all",
                    "drop function feedhub.keep_audit() cascade",
                    "set role feedhub_owner")) {
                assertThatThrownBy(() -> app.sql(change).update())
                        .as(change)
                        .rootCause()
                        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
            }
        } finally {
            postgres.sql(
                            "drop owned by feedhub_app; drop role feedhub_app; drop owned by feedhub_owner cascade; drop role feedhub_owner")
                    .update();
        }
    }

    @Test
    void theFlowsTablesAreMadeByTheFileThatTheGuideNames() throws IOException {
        String guide = Files.readString(Path.of("docs/operating.md"));
        List<String> files = FILE.matcher(guide)
                .results()
                .map(file -> file.group(1))
                .distinct()
                .toList();
        assertThat(files).hasSize(1);
        JdbcClient postgres = JdbcClient.create(TestDatabase.create().dataSource());
        String tables = Files.readString(Path.of(files.get(0)));
        postgres.sql(tables).update();
        postgres.sql(tables).update();
        for (String table : List.of("tasks", "articles", "memory_documents", "ss_ideas", "command_queue")) {
            assertThat(postgres.sql("select count(*) from public." + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void afterARestoreWhatWaitedIsUnknownAndNotSentAgain() throws IOException {
        Matcher update = Pattern.compile("update feedhub[.]outgoing [^\"]+")
                .matcher(Files.readString(Path.of("docs/operating.md")));
        assertThat(update.find()).isTrue();
        JdbcClient postgres = JdbcClient.create(TestDatabase.migrated().dataSource());
        postgres.sql("insert into feedhub.outgoing (flow, channel, payload, state) select 'f', 'ops', '{}', state"
                        + " from unnest(array['queued', 'sending', 'delivered', 'parked']) as state")
                .update();
        assertThat(postgres.sql(update.group()).update()).isEqualTo(2);
        assertThat(postgres.sql("select state from feedhub.outgoing order by state")
                        .query(String.class)
                        .list())
                .containsExactly("delivered", "parked", "unknown", "unknown");
    }

    /** Without the superuser's name, which would win. */
    private static String url(TestDatabase database) {
        return database.url().replaceFirst("\\?.*", "");
    }

    private static JdbcClient as(String role, TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser(role);
        return JdbcClient.create(source);
    }
}
