package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch way in a flow's YAML: what commits together, what is parked, what is refused. */
class InBatchesTest {
    private static final String FLOW =
            """
            - route:
                id: many
                nodePrefixId: many-
                group: intelligence
                description: Many items at a time
                note: |-
                  when   now and then
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  nothing
                  fails  never
                from:
                  uri: quartz:intelligence/many
                  parameters: { cron: "0 0 * * * ?" }
                  steps:
                    - to:
                        uri: sql
                        parameters:
                          query: "select (n % 200)::text as id, 'post ' || n as text from generate_series(0, 249) n"
                    - split:
                        simple: "${collate(50)}"
                        streaming: true
                        steps:
                          - to:
                              uri: kamelet:unseen-action/many-unseen
                          - to:
                              uri: sql
                              parameters: { noop: true, query: "select pg_notify('chunks', '')" }
                          - policy:
                              ref: in-batches
                              steps:
                                - to:
                                    uri: kamelet:claim-action/many-claim
                                - to:
                                    uri: sql
                                    parameters:
                                      batch: true
                                      query: >-
                                        insert into x_posts (id, author, kind, text, url, posted_at)
                                        values (:#id, 'ada', 'post', :#text, '', now())
                                - split:
                                    simple: "${body}"
                                    steps:
                                      - to:
                                          uri: kamelet:discord-sink/many-post
                                          parameters: { channel: intel, title: "${body[id]}" }
            """;

    private static final String COUNTER =
            """
            - route:
                id: counter
                nodePrefixId: counter-
                group: intelligence
                description: Counts its runs
                note: |-
                  when   every hour
                  reads  nothing
                  writes nothing
                  posts  nothing
                  keeps  state n, how many runs there were
                  fails  never
                from:
                  uri: quartz:intelligence/counter
                  parameters: { cron: "0 0 * * * ?" }
                  steps:
                    - setBody: { jq: '(var("state:counter.n") // 0) + 1' }
                    - policy:
                        ref: one-transaction
                        steps:
                          - setVariable: { name: "state:counter.n", simple: "${body}" }
            """;

    @TempDir
    private static Path routes;

    private static RunningHub hub;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(routes.resolve("intelligence"));
        Files.createDirectories(routes.resolve("_shared"));
        Files.copy(Path.of("routes/_shared/errors.yaml"), routes.resolve("_shared/errors.yaml"));
        Files.writeString(routes.resolve("intelligence/many.yaml"), FLOW);
        Files.writeString(
                routes.resolve("intelligence/loser.yaml"),
                FLOW.replace("many", "loser")
                        .replace("select pg_notify('chunks', '')", "select lose(:#${exchangeProperty.feedhub.run})"));
        Files.writeString(
                routes.resolve("intelligence/odd.yaml"),
                FLOW.replace("many", "odd").replace("select (n % 200)::text as id", "select odd(n % 200) as id"));
        Files.writeString(
                routes.resolve("intelligence/keyless.yaml"),
                FLOW.replace("many", "keyless")
                        .replace("select (n % 200)::text as id", "select nullif(n % 200, 70)::text as id"));
        Files.writeString(
                routes.resolve("intelligence/shaped.yaml"),
                FLOW.replace("many", "shaped")
                        .replaceFirst(
                                "(?m)^( *)- to:\n *uri: kamelet:unseen",
                                "$1- setBody: { jq: '[.[] | {id, text}]' }\n$0")
                        .replaceFirst("(?m)^( *)- policy:", "$1- setBody: { jq: 'map(.text += \"!\")' }\n$0"));
        Files.writeString(routes.resolve("intelligence/counter.yaml"), COUNTER);
        Files.writeString(
                routes.resolve("intelligence/claimed.yaml"),
                FLOW.replace("many", "claimed").replaceFirst("(?m)^ *- to:\n *uri: kamelet:unseen.*\n", ""));
        hub = new RunningHub(routes, Map.of("feedhub.discord.channels.intel.url", ""));
        hub.database()
                .sql("create function lose(run bigint) returns void language sql as"
                        + " 'update feedhub.occurrence set epoch = epoch + 1 where id = run'")
                .update();
        hub.database()
                .sql(
                        "create function odd(n integer) returns text language sql as $$ select case n when 70"
                                + " then (select string_agg(md5(i::text), '') from generate_series(1, 125) i) else n::text end $$")
                .update();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void forget() {
        hub.database().sql("truncate feedhub.seen, feedhub.outgoing cascade").update();
        hub.database().sql("truncate x_posts, feedhub.occurrence").update();
    }

    @Test
    void eachListCommitsOnceAndWhole() {
        assertThat(hub.run("many")).isEqualTo("done");
        assertEachItemOnce(200);
        assertThat(hub.count("select count(distinct xmin::text) from x_posts")).isEqualTo(4);
        assertThat(
                        hub.count(
                                "select count(*) from x_posts p join feedhub.seen s on s.key = p.id and s.xmin::text = p.xmin::text"))
                .isEqualTo(200);
        assertThat(
                        hub.count(
                                "select count(*) from x_posts p join feedhub.outgoing o on o.payload #>> '{embeds,0,title}' = p.id and o.xmin::text = p.xmin::text"))
                .as("rows that were written together with their message")
                .isEqualTo(200);
        assertThat(counts()).containsExactly(250, 200, 0);
        assertThat(hub.run("many")).isEqualTo("done");
        assertEachItemOnce(200);
        assertThat(counts()).containsExactly(250, 0, 0);
    }

    @Test
    void thePoisonIsParkedAndTheOthersGoOn() {
        hub.database()
                .sql("alter table x_posts add constraint poison check (id not in ('70', '120', '121'))")
                .update();
        try {
            assertThat(hub.run("many")).isEqualTo("failed");
            assertEachItemOnce(197);
            assertThat(counts()).containsExactly(250, 197, 3);
        } finally {
            hub.database().sql("alter table x_posts drop constraint poison").update();
        }
        assertThat(hub.run("many")).isEqualTo("done");
        assertEachItemOnce(200);
    }

    @Test
    void aKeyThatIsTooLongIsTheFaultOfItsItemAlone() {
        assertThat(hub.run("odd")).isEqualTo("failed");
        assertEachItemOnce(199);
        assertThat(counts()).containsExactly(250, 199, 1);
    }

    /** Else each later run would park its whole list again. */
    @Test
    void anItemWithoutItsKeyIsParkedAndTheOthersOfItsListGoOn() {
        assertThat(hub.run("keyless")).isEqualTo("failed");
        assertEachItemOnce(199);
        assertThat(hub.database()
                        .sql("select parked from feedhub.occurrence")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** As when two runs at once have seen an item as new. */
    @Test
    void whatIsClaimedAlreadyIsNotInTheListThatGoesOn() {
        assertThat(hub.run("claimed")).isEqualTo("done");
        assertEachItemOnce(200);
        assertThat(hub.run("claimed")).isEqualTo("done");
        assertEachItemOnce(200);
    }

    @Test
    void aScheduledFlowMayBeginWithJq() {
        assertThat(hub.run("counter")).isEqualTo("done");
        assertThat(hub.run("counter")).isEqualTo("done");
        assertThat(hub.count("select value::text::int from feedhub.state where flow = 'counter' and name = 'n'"))
                .isEqualTo(2);
    }

    @Test
    void aListThatJqMadeIsOneToo() {
        assertThat(hub.run("shaped")).isEqualTo("done");
        assertEachItemOnce(200);
        assertThat(hub.count("select count(*) from x_posts where text like '%!'"))
                .isEqualTo(200);
    }

    @Test
    void aRunThatLostItsClaimWritesNothing() {
        hub.post("/api/flows/loser/run");
        Awaitility.await().until(() -> hub.count("select count(*) from feedhub.occurrence where epoch > 4") == 1);
        assertEachItemOnce(0);
    }

    private static void assertEachItemOnce(long items) {
        assertThat(hub.count("select count(*) from x_posts")).isEqualTo(items);
        assertThat(hub.count("select count(*) from feedhub.seen")).isEqualTo(items);
        assertThat(hub.count("select count(*) from feedhub.outgoing")).isEqualTo(items);
        assertThat(hub.count("select count(distinct payload #>> '{embeds,0,title}') from feedhub.outgoing"))
                .isEqualTo(items);
    }

    private static List<Integer> counts() {
        return hub.database()
                .sql("select items_in, items_out, parked from feedhub.occurrence order by id desc limit 1")
                .query((row, number) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
                .single();
    }
}
