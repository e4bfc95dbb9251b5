package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People who edit flows at random, from the folder and over the API, and know what must become of each edit. A quarter of the
 * flows they leave alone.
 */
final class Operators {
    private static final List<String> DOMAINS = List.of("infrastructure", "operations", "memory", "design");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path routes;
    private final Random random;
    private final RunningHub hub;
    private final List<TickingFlow> originals;
    private final Map<String, TickingFlow> present = new TreeMap<>();
    private final List<String> editable = new ArrayList<>();
    private final Set<String> interrupted = new HashSet<>();
    private final Map<String, Revision> expected = new HashMap<>();
    private Instant restored = Instant.EPOCH;
    private int edition;

    /** What became of an edit: accepted, deleted or refused. */
    private record Revision(String state, String sha256) {}

    Operators(Path routes, List<TickingFlow> originals, RunningHub hub, long seed) {
        this.routes = routes;
        this.originals = originals;
        this.hub = hub;
        this.random = new Random(seed);
        for (TickingFlow flow : originals) {
            present.put(flow.id(), flow);
            expect(flow.id(), "accepted", flow.text());
        }
        originals.stream().skip(originals.size() / 4).forEach(flow -> editable.add(flow.id()));
    }

    /** Flows that tick, in all domains, written into a folder. */
    static List<TickingFlow> flows(int number, Path routes) throws IOException {
        List<TickingFlow> flows = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            TickingFlow flow = new TickingFlow("beat_%04d".formatted(i), domain(i), 1);
            write(flow.in(routes), flow.text());
            flows.add(flow);
        }
        return flows;
    }

    static String domain(int flow) {
        return DOMAINS.get(flow % DOMAINS.size());
    }

    /** So many edits, side by side unless they are of one flow; then all have ended as they must. */
    void edit(int times) throws IOException {
        awaitCalm();
        for (int edit = 0; edit < times; edit++) {
            edit();
        }
        awaitCalm();
    }

    private void edit() throws IOException {
        String id = editable.get(random.nextInt(editable.size()));
        await(id);
        TickingFlow flow = present.get(id);
        edition++;
        if (flow == null) {
            save(new TickingFlow(id, DOMAINS.get(random.nextInt(DOMAINS.size())), edition));
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> save(flow.as(edition));
            case 3, 4 -> put(flow.as(edition));
            case 5, 6 -> saveBroken(flow.as(edition));
            case 7 -> putBroken(flow.as(edition));
            case 8 -> delete(flow);
            case 9 -> rename(flow);
            case 10 -> move(flow);
            default -> rollBack(flow);
        }
    }

    /**
     * Brings the folder back to what it was at first, all files at once, as a checkout does. Each flow is gone for a moment,
     * and from then on none is.
     */
    void restore() throws IOException {
        awaitCalm();
        for (TickingFlow flow : List.copyOf(present.values())) {
            delete(flow);
        }
        for (TickingFlow flow : originals) {
            save(flow);
        }
        awaitCalm();
        interrupted.clear();
        restored = Instant.now();
    }

    private void awaitCalm() {
        List.copyOf(expected.keySet()).forEach(this::await);
    }

    void assertWhatRunsIsWhatWasAccepted() {
        Map<String, String> running = new TreeMap<>();
        for (Route route : hub.bean(CamelContext.class).getRoutes()) {
            if (!route.getRouteId().contains("-")) {
                running.put(route.getRouteId(), route.getDescription());
            }
        }
        Map<String, String> wanted = new TreeMap<>();
        present.forEach((id, flow) -> wanted.put(id, "edition " + flow.edition()));
        assertThat(running).isEqualTo(wanted);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(editionsThatRanLast())
                .containsAllEntriesOf(wanted));
    }

    /** Of flows that were there all the time since the folder was restored there is soon a row for each second. */
    void assertNoInstantMissing() {
        List<String> uninterrupted = originals.stream()
                .map(TickingFlow::id)
                .filter(flow -> !interrupted.contains(flow))
                .toList();
        assertThat(uninterrupted).hasSizeGreaterThanOrEqualTo(originals.size() / 4);
        for (String flow : uninterrupted) {
            Awaitility.await(flow).atMost(PATIENCE).untilAsserted(() -> assertNoInstantMissing(flow));
        }
    }

    private void assertNoInstantMissing(String flow) {
        List<Instant> instants = sql().sql(
                        "select scheduled_at from feedhub.occurrence where flow = ? and scheduled_at > ?::timestamptz"
                                + " order by scheduled_at")
                .params(flow, restored.toString())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
        Ledger.assertEachSecond(flow, instants);
        assertThat(instants).as(flow).hasSizeGreaterThan(1);
        assertThat(instants.get(instants.size() - 1))
                .as(flow)
                .isAfter(Instant.now().minusSeconds(5));
    }

    private void save(TickingFlow flow) throws IOException {
        write(flow.in(routes), flow.text());
        becomes(flow);
    }

    private void put(TickingFlow flow) {
        assertThat(send(flow.id(), flow.text())).isEqualTo(200);
        becomes(flow);
    }

    private void saveBroken(TickingFlow flow) throws IOException {
        String text = flow.broken(random.nextInt(100));
        write(flow.in(routes), text);
        expect(flow.id(), "refused", text);
    }

    private void putBroken(TickingFlow flow) {
        String text = flow.broken(random.nextInt(100));
        assertThat(send(flow.id(), text)).isEqualTo(422);
        expect(flow.id(), "refused", text);
    }

    private void delete(TickingFlow flow) throws IOException {
        Files.delete(flow.in(routes));
        present.remove(flow.id());
        interrupted.add(flow.id());
        expect(flow.id(), "deleted", "");
    }

    private void rename(TickingFlow flow) throws IOException {
        delete(flow);
        TickingFlow renamed = new TickingFlow("beat_r" + edition, flow.domain(), edition);
        editable.set(editable.indexOf(flow.id()), renamed.id());
        interrupted.add(renamed.id());
        save(renamed);
    }

    private void move(TickingFlow flow) throws IOException {
        String domain = DOMAINS.get((DOMAINS.indexOf(flow.domain()) + 1) % DOMAINS.size());
        save(new TickingFlow(flow.id(), domain, edition));
        Files.delete(flow.in(routes));
    }

    private void rollBack(TickingFlow flow) {
        int to = sql().sql("select min(revision) from feedhub.flow_revision where flow = ? and state = 'accepted'")
                .param(flow.id())
                .query(Integer.class)
                .single();
        assertThat(hub.post("/api/flows/" + flow.id() + "/rollback?to=" + to)).isEqualTo(200);
        String first = sql().sql(
                        "select file || ' ' || content from feedhub.flow_revision where flow = ? and revision = ?")
                .params(flow.id(), to)
                .query(String.class)
                .single();
        String[] place = first.substring(0, first.indexOf(' ')).split("/");
        int number = Integer.parseInt(first.replaceAll("(?s).*edition (\\d+).*", "$1"));
        becomes(new TickingFlow(flow.id(), place[1], number));
    }

    private void becomes(TickingFlow flow) {
        present.put(flow.id(), flow);
        expect(flow.id(), "accepted", flow.text());
    }

    private void expect(String id, String state, String text) {
        expected.put(id, new Revision(state, new FlowFile("", text).sha256()));
    }

    private void await(String id) {
        Revision wanted = expected.get(id);
        if (wanted != null) {
            boolean live = !wanted.state().equals("refused");
            Awaitility.await(id)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(newest(id, live)).contains(wanted));
        }
    }

    /** The newest revision of a flow, or the newest of those that went live. */
    private Optional<Revision> newest(String id, boolean live) {
        return sql().sql(
                        "select state, sha256 from feedhub.flow_revision where flow = ? and (not ? or state in ('accepted', 'deleted'))"
                                + " order by revision desc limit 1")
                .params(id, live)
                .query((row, number) -> new Revision(row.getString(1), row.getString(2)))
                .optional();
    }

    private Map<String, String> editionsThatRanLast() {
        Map<String, String> editions = new TreeMap<>();
        sql().sql("select flow, 'edition ' || (value #>> '{}') from feedhub.state where name = 'edition'")
                .query(row -> {
                    editions.put(row.getString(1), row.getString(2));
                });
        return editions;
    }

    /** Sends a text as the revision that follows what is live, and gives the status of the answer. */
    int send(String id, String text) {
        int base = sql().sql(
                        "select max(revision) from feedhub.flow_revision where flow = ? and state in ('accepted', 'deleted')")
                .param(id)
                .query(Integer.class)
                .single();
        return hub.put("/api/flows/" + id, "" + base, text).statusCode();
    }

    private JdbcClient sql() {
        return hub.database();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
