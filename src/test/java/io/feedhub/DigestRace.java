package io.feedhub;

import io.feedhub.sandbox.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hubs that fill batches of fifty together and are killed while they do, in a database of their own. */
final class DigestRace implements AutoCloseable {
    static final int SIZE = 50;

    private static final String FLOW =
            """
            - route:
                id: filler
                nodePrefixId: filler-
                group: intelligence
                description: Fill batches of fifty
                note: |-
                  when   every second
                  reads  source
                  writes delivered
                  posts  nothing
                  keeps  seen
                  fails  the next second goes on
                from:
                  uri: quartz:intelligence/filler
                  parameters: { cron: "0/1 * * * * ?" }
                  steps:
                    - to:
                        uri: sql
                        parameters:
                          query: >-
                            select id, part from source where not exists
                            (select from feedhub.seen where flow = 'filler' and key = id) order by random() limit 400
                    - split:
                        simple: "${body}"
                        steps:
                          - policy:
                              ref: one-transaction
                              steps:
                                - idempotentConsumer:
                                    simple: "${body[id]}"
                                    idempotentRepository: "#seen"
                                    steps:
                                      - aggregate:
                                          correlationExpression: { simple: { expression: "${body[part]}" } }
                                          aggregationStrategy: "#grouped"
                                          aggregationRepository: "#filler-batches"
                                          optimisticLocking: true
                                          executorService: "#after-commit"
                                          completionSize: 50
                                          steps:
                                            - setVariable: { name: batch, simple: "${exchangeId}" }
                                            - policy:
                                                ref: one-transaction
                                                steps:
                                                  - split:
                                                      simple: "${body}"
                                                      steps:
                                                        - to:
                                                            uri: sql
                                                            parameters:
                                                              query: "insert into delivered (item, batch) values (:#${body[id]}, :#${variable.batch})"
            """;

    private final StandIns outside = new StandIns(Clock.systemUTC());
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final Path folder;
    private final int items;
    private final List<Process> running = new ArrayList<>();
    private int starts;

    /** The beans are those of the file, with {@code grouped} and {@code filler-batches} among them. */
    DigestRace(Path folder, String beans, int items) throws IOException {
        this.folder = folder;
        this.items = items;
        Files.createDirectories(folder.resolve("routes/intelligence"));
        Files.createDirectories(folder.resolve("beans"));
        Files.writeString(folder.resolve("beans/filler.yaml"), beans);
        Files.writeString(folder.resolve("routes/intelligence/filler.yaml"), FLOW);
        sql.sql("create table delivered (item text, batch text)").update();
        sql.sql("create table source as select n::text as id, (n % 4)::text as part from generate_series(1, " + items
                        + ") n")
                .update();
    }

    /** Starts the hubs and kills one after the other, each time at a moment of chance; a killed one starts again. */
    void run(int hubs, int kills, long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        for (int hub = 0; hub < hubs; hub++) {
            running.add(start(hub));
        }
        for (int kill = 1; kill <= kills; kill++) {
            long wanted = (long) items * kill / (kills + 1) - random.nextInt(SIZE);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1 + random.nextInt(50)))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> count("select count(*) from feedhub.seen") >= wanted);
            int victim = random.nextInt(hubs);
            running.get(victim).destroyForcibly().waitFor();
            running.set(victim, start(victim));
        }
    }

    /** Kills all hubs. */
    void stop() throws InterruptedException {
        for (Process hub : running) {
            hub.destroyForcibly().waitFor();
        }
    }

    private Process start(int hub) throws IOException {
        Map<String, Object> settings = new HashMap<>(outside.properties());
        settings.put("feedhub.database.url", database.url());
        settings.put("feedhub.database.username", "postgres");
        settings.put("feedhub.routes", folder.resolve("routes"));
        settings.put("feedhub.beans", folder.resolve("beans"));
        settings.put("feedhub.node.name", "hub" + hub);
        settings.put("feedhub.users[0].name", "admin");
        settings.put("feedhub.users[0].password", RunningHub.hash("x"));
        settings.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        settings.put("server.port", 0);
        return HubProcess.start(settings, folder.resolve("hub" + hub + "-" + ++starts + ".log"), "run");
    }

    long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    /** Everything all hubs have logged. */
    List<String> log() throws IOException {
        List<String> lines = new ArrayList<>();
        try (var logs = Files.newDirectoryStream(folder, "*.log")) {
            for (Path log : logs) {
                lines.addAll(Files.readAllLines(log));
            }
        }
        return lines;
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
        outside.close();
    }
}
