package io.feedhub.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A peer that {@link Rounds} drives. */
record Peer(String name, String database, Process process, BufferedReader output) implements Contender {
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    /** Java's client does not notice when a connection is closed while it waits for its next turn. */
    private static final List<String> BARE_OPTIONS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-Djdk.httpclient.keepalive.timeout=2");

    static Peer camel(Arena arena, String database, int threads) throws IOException {
        String address = arena.newDatabase(database);
        return start(
                "Camel, " + (threads == 1 ? "sequential" : threads + " threads"),
                database,
                Arena.java(OPTIONS, CamelPeer.class, address, arena.upstream(), Integer.toString(threads)));
    }

    static Peer bare(Arena arena, String database) throws IOException {
        String address = arena.newDatabase(database);
        arena.database(database)
                .sql("create table seen_bare (key text primary key)")
                .update();
        return start("bare JDBC", database, Arena.java(BARE_OPTIONS, BarePeer.class, address, arena.upstream()));
    }

    private static Peer start(String name, String database, Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        expect(output, Rounds.READY);
        return new Peer(name, database, process, output);
    }

    @Override
    public void begin() throws IOException {
        OutputStream input = process.getOutputStream();
        input.write('\n');
        input.flush();
        expect(output, Rounds.OVER);
    }

    @Override
    public boolean isOver() {
        return true; // begin returns when the job is over
    }

    private static void expect(BufferedReader output, String word) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(word)) {
            System.err.println(line);
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the peer ended before it said " + word);
        }
    }
}
