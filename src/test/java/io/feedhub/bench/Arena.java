package io.feedhub.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the contenders meet: one PostgreSQL that writes to disk as in production, and the upstream. */
final class Arena implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final Process upstream;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    Arena() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        upstream = java(List.of("-Xmx256m"), Upstream.class);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(upstream.getInputStream(), StandardCharsets.UTF_8));
        address = "http://127.0.0.1:" + lines.readLine();
    }

    String upstream() {
        return address;
    }

    /** An empty database; returns its address. */
    String newDatabase(String name) {
        JdbcClient postgres = JdbcClient.create(server.getPostgresDatabase());
        postgres.sql("create database " + name).update();
        postgres.sql("create extension if not exists pg_stat_statements").update();
        JdbcClient fresh = JdbcClient.create(server.getDatabase("postgres", name));
        fresh.sql("create table item (id text primary key, title text not null, score integer not null)")
                .update();
        return server.getJdbcUrl("postgres", name);
    }

    JdbcClient database(String name) {
        return JdbcClient.create(server.getDatabase("postgres", name));
    }

    /** Sets the next list and returns the number of different items on it. */
    int nextRound(int size) {
        return Integer.parseInt(get("/round?size=" + size));
    }

    String get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address + path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException("the upstream does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the server did so far for a database. */
    Work work(String name) {
        JdbcClient postgres = JdbcClient.create(server.getPostgresDatabase());
        return postgres.sql(
                        """
                select (select xact_commit from pg_stat_database where datname = :name) as commits,
                       (select coalesce(sum(calls), 0) from pg_stat_statements s join pg_database d on d.oid = s.dbid
                        where d.datname = :name and query not in ('BEGIN', 'COMMIT', 'ROLLBACK')) as statements,
                       (select wal_sync from pg_stat_wal) as syncs""")
                .param("name", name)
                .query((row, number) -> new Work(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /** A Java process of the test's class path; its error output is the test's. */
    static Process java(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public void close() throws IOException {
        upstream.destroyForcibly();
        server.close();
    }

    /** Counters of PostgreSQL; only differences mean something. */
    record Work(long commits, long statements, long syncs) {
        Work since(Work before) {
            return new Work(commits - before.commits, statements - before.statements, syncs - before.syncs);
        }
    }
}
