package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import io.feedhub.nodes.RevisionSet;
import io.feedhub.schedule.Claims.Claimed;
import io.feedhub.schedule.Endings.Ended;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ClaimsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final List<Lifeline> lifelines = new ArrayList<>();

    @BeforeEach
    void threeNodes() {
        List.of("a", "b", "c").forEach(name -> sql.sql("insert into feedhub.node (name, version) values (?, 'test')")
                .param(name)
                .update());
    }

    @AfterEach
    void disconnect() {
        lifelines.forEach(Lifeline::destroy);
    }

    @Test
    void oneNodeWinsEachInstantWhateverTheOrderOfTheBatches() throws Exception {
        List<Tick> ticks = new ArrayList<>();
        for (int flow = 0; flow < 200; flow++) {
            ticks.add(tick("flow" + flow, NOON));
        }
        List<Callable<List<Claimed>>> nodes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            Claims claims = on(name);
            List<Tick> shuffled = new ArrayList<>(ticks);
            java.util.Collections.shuffle(shuffled, new java.util.Random(name.hashCode()));
            nodes.add(() -> claims.claim(shuffled));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<String> won = new ArrayList<>();
        for (Future<List<Claimed>> node : threads.invokeAll(nodes)) {
            node.get().forEach(claimed -> won.add(claimed.flow()));
        }
        threads.shutdown();
        assertThat(won).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void aNodeWhoseClockIsAnHourAheadRunsNothingEarly() {
        Instant early = Instant.now().plusSeconds(3600);
        assertThat(on("a").claim(List.of(tick("flow", early)))).isEmpty();
        assertThat(count("select count(*) from feedhub.occurrence")).isZero();
    }

    /** Three nodes tick through a minute, two of them by wrong clocks, one of which is set an hour forth and back. */
    @Test
    void nodesWhoseClocksAreSecondsOrHoursApartRunNoInstantTwiceAndNoneEarly() throws Exception {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
        claimByClock("a", begin.minusSeconds(3600), second -> 0); // what ran an hour ago
        List<Callable<List<Claimed>>> nodes = List.of(
                () -> claimByClock("a", begin, second -> 0),
                () -> claimByClock("b", begin, second -> 5),
                () -> claimByClock("c", begin, second -> second < 20 ? 3600 : second < 40 ? -3600 : 0));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Claimed> won = new ArrayList<>();
        for (Future<List<Claimed>> node : threads.invokeAll(nodes)) {
            won.addAll(node.get());
        }
        threads.shutdown();
        assertThat(won).extracting(run -> run.flow() + run.at()).doesNotHaveDuplicates();
        assertThat(won).allMatch(run -> !run.at().isAfter(run.startedAt().plusSeconds(2)));
        assertThat(won).filteredOn(run -> run.at().isBefore(begin)).isEmpty();
        assertThat(won)
                .filteredOn(run -> run.at().isBefore(begin.plusSeconds(60)))
                .hasSize(60 * 4);
    }

    /** What a node gets whose clock is so many seconds ahead, at each second of a minute. */
    private List<Claimed> claimByClock(String node, Instant begin, IntUnaryOperator ahead) {
        Claims claims = on(node);
        List<Claimed> won = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            Instant at = begin.plusSeconds(second + ahead.applyAsInt(second));
            List<Tick> ticks = new ArrayList<>();
            for (int flow = 0; flow < 4; flow++) {
                ticks.add(tick("flow" + flow, at, "allow"));
            }
            won.addAll(claims.claim(ticks));
        }
        return won;
    }

    @Test
    void anInstantThatComesWhileItsFlowRunsIsSkippedOrQueuedOrRun() {
        Claims claims = on("a");
        for (String overlap : List.of("skip", "queue", "allow")) {
            claims.claim(List.of(tick(overlap, NOON, overlap)));
            claims.claim(List.of(tick(overlap, NOON.plusSeconds(1), overlap)));
            on("b").claim(List.of(tick(overlap, NOON.plusSeconds(2), overlap)));
        }
        assertThat(outcomes("skip")).containsExactly("running", "skipped", "skipped");
        assertThat(outcomes("queue")).containsExactly("running", "planned", "skipped");
        assertThat(outcomes("allow")).containsExactly("running", "running", "running");
        assertThat(sql.sql("select error from feedhub.occurrence where flow = 'skip' and outcome = 'skipped'")
                        .query(String.class)
                        .list())
                .allMatch(error -> error.matches("run \\d+ was still on; overlap is skip"));
    }

    /** An end may have waited until its run came back to this node. */
    @Test
    void ofTwoEndsOfOneRunTheHoldersCounts() {
        Claimed run = claim("a", "flow");
        assertThat(endings("a").release(run.run(), run.epoch(), "test")).isTrue();
        Claimed again = on("a").take(planned(run)).get(0);
        endings("a").close(List.of(ended(run, "of the first"), ended(again, null)));
        assertThat(outcomes("flow")).containsExactly("done");
    }

    /** Whatever else of the flow waits for a node has taken no instant's place. */
    @Test
    void onlyAnInstantThatWaitsForTheRunningOneKeepsTheNextFromWaiting() {
        Claims claims = on("a");
        planned("manual", 1, -3);
        planned("catch-up", 1, -2);
        planned("catch-up", 3, -1); // begun already, and handed over
        Claimed handedOver = claims.claim(List.of(tick("flow", NOON, "queue"))).get(0);
        assertThat(endings("a").release(handedOver.run(), handedOver.epoch(), "test"))
                .isTrue();
        for (int second = 1; second <= 3; second++) {
            claims.claim(List.of(tick("flow", NOON.plusSeconds(second), "queue")));
        }
        assertThat(outcomes("flow"))
                .containsExactly("planned", "planned", "planned", "planned", "running", "planned", "skipped");
    }

    private void planned(String origin, int epoch, int second) {
        sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, origin, epoch, outcome, started_at, due_at)
                values ('flow', ?::timestamptz, ?, ?, 'planned', null, now())""")
                .params(NOON.plusSeconds(second).toString(), origin, epoch)
                .update();
    }

    @Test
    void whatADeadNodeHadInFlightIsPlannedAgainAndItsLateWritesAreRefused() {
        Claimed run = claim("a", "flow");
        Claims b = on("b");
        assertThat(endings("b").takeOver(List.of(), true)).isEmpty();
        sql.sql("update feedhub.node set beat_at = beat_at - interval '9 seconds' where name = 'a'")
                .update();
        assertThat(endings("b").takeOver(List.of(), true)).hasSize(1);
        Claimed again = b.take(planned(run)).get(0);
        assertThat(again.epoch()).isGreaterThan(run.epoch());
        assertThat(endings("a").close(List.of(ended(run, null)))).isEmpty();
        assertThatThrownBy(() -> hold(run)).hasMessageContaining("lost its claim");
        hold(again);
        assertThat(endings("b").close(List.of(ended(again, null)))).containsExactly(Map.entry(run.run(), true));
        assertThat(outcomes("flow")).containsExactly("done");
    }

    @Test
    void afterAnOutageNoPeerIsTakenForDeadAndNoNodeTakesItsOwnRuns() {
        Claimed run = claim("a", "flow");
        sql.sql("update feedhub.node set beat_at = beat_at - interval '9 seconds'")
                .update();
        assertThat(endings("b").takeOver(List.of(), false)).isEmpty();
        assertThat(endings("a").takeOver(List.of(run.run()), true)).isEmpty();
        assertThat(endings("b").takeOver(List.of(), true)).hasSize(1);
    }

    @Test
    void whatANodeForgotIsTakenOverByItsNextStart() {
        Claimed run = claim("a", "flow");
        sql.sql("update feedhub.node set session = session + 1, started_at = clock_timestamp() where name = 'a'")
                .update();
        assertThat(endings("a").takeOver(List.of(), true))
                .extracting(Endings.TakenOver::run)
                .containsExactly(run.run());
    }

    @Test
    void aClaimWhoseAnswerWasLostIsRunAgain() {
        Claimed run = claim("a", "flow");
        assertThat(endings("a").takeOver(List.of(run.run()), true)).isEmpty();
        assertThat(endings("a").takeOver(List.of(), true)).isEmpty();
        sql.sql("update feedhub.node set started_at = started_at - interval '1 hour'")
                .update();
        sql.sql("update feedhub.occurrence set started_at = started_at - interval '11 seconds'")
                .update();
        assertThat(endings("a").takeOver(List.of(run.run()), true)).isEmpty();
        assertThat(endings("a").takeOver(List.of(), true)).hasSize(1);
    }

    @Test
    void aFlowThatMustNotBeRunAgainFailsWithItsNode() {
        sql.sql("insert into feedhub.schedule (flow, settled, rerun) values ('flow', now(), false)")
                .update();
        claim("a", "flow");
        sql.sql("update feedhub.node set state = 'left' where name = 'a'").update();
        endings("b").takeOver(List.of(), true);
        assertThat(outcomes("flow")).containsExactly("failed");
    }

    @Test
    void aRunInTheMiddleOfACommitIsNeitherTakenOverNorExpired() {
        Claimed run = claim("a", "flow");
        sql.sql("update feedhub.node set state = 'left' where name = 'a'").update();
        TransactionTemplate transaction =
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        transaction.executeWithoutResult(status -> {
            JdbcClient inside = JdbcClient.create(
                    ((DataSourceTransactionManager) transaction.getTransactionManager()).getDataSource());
            inside.sql("select feedhub.hold_claim(?, ?)")
                    .params(run.run(), run.epoch())
                    .query(Object.class)
                    .list();
            assertThat(endings("b").takeOver(List.of(), true)).isEmpty();
            assertThat(endings("a").expire(run.run(), run.epoch(), "too long")).isFalse();
            assertThat(endings("a").release(run.run(), run.epoch(), "test")).isFalse();
        });
        assertThat(endings("b").takeOver(List.of(), true)).hasSize(1);
    }

    @Test
    void aClosedRunStaysAsItIs() {
        Claimed run = claim("a", "flow");
        endings("a").close(List.of(ended(run, null)));
        endings("a").close(List.of(ended(run, "too late")));
        assertThat(outcomes("flow")).containsExactly("done");
    }

    @Test
    void aRunNamesTheRevisionThatRan() {
        Claimed run = claim("a", "flow");
        claim("a", "unrecorded");
        on("a").claim(List.of(tick("flow", NOON.plusSeconds(1))));
        assertThat(revisions("flow")).containsExactly("3", "none");
        assertThat(revisions("unrecorded")).containsExactly("none");
        sql.sql("update feedhub.occurrence set revision = 2, outcome = 'planned' where id = ?")
                .param(run.run())
                .update();
        assertThat(on("b").take(planned(run))).hasSize(1);
        assertThat(on("b").enter("flow", null)).isPresent();
        assertThat(revisions("flow")).containsExactly("3", "none", "3");
    }

    @Test
    void stepsComeBackAsTheyWere() {
        Claimed run = claim("a", "flow");
        List<Run.Step> steps = List.of(
                new Run.Step("flow-\"say\"", "to sql:a\\b\tc", 1, 2, 30, 20),
                new Run.Step("flow-log", "log", 4, 1, 0, 0));
        endings("a").close(List.of(new Ended(run.run(), run.epoch(), "flow", new Tally(), steps, null)));
        assertThat(new Occurrences(sql, new Json(new ObjectMapper())).find(run.run()))
                .hasValueSatisfying(found -> assertThat(found.steps()).isEqualTo(steps));
    }

    @Test
    void ofTwoNodesOneTakesWhatIsPlanned() throws Exception {
        Claimed run = claim("a", "flow");
        assertThat(endings("a").release(run.run(), run.epoch(), "test")).isTrue();
        Claims b = on("b");
        Claims c = on("c");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        int taken = 0;
        for (Future<Boolean> node : threads.invokeAll(
                List.<Callable<Boolean>>of(() -> !b.take(planned(run)).isEmpty(), () -> !c.take(planned(run))
                        .isEmpty()))) {
            taken += node.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(taken).isEqualTo(1);
    }

    /** A pause holds back the catch-up, and must not hold back the other. */
    @Test
    void whatAPersonAskedForComesBeforeACatchUpThatIsOlder() {
        Claimed catchUp = claim("a", "flow");
        Claimed asked = on("a").claim(List.of(tick("flow", NOON.plusSeconds(1), "allow")))
                .get(0);
        sql.sql("update feedhub.occurrence set outcome = 'planned', origin = 'catch-up', due_at = now()")
                .update();
        assertThat(on("a").due()).extracting(Claims.Planned::run).containsExactly(catchUp.run());
        sql.sql("update feedhub.occurrence set origin = 'manual' where id = ?")
                .param(asked.run())
                .update();
        assertThat(on("a").due()).extracting(Claims.Planned::run).containsExactly(asked.run());
    }

    @Test
    void whatIsPlannedOfADeletedFlowAndOfItsFurtherRoutesIsEnded() {
        List.of("flow", "flow.close", "flowing").forEach(flow -> claim("a", flow));
        sql.sql("update feedhub.occurrence set outcome = 'planned'").update();
        sql.sql(
                        """
                insert into feedhub.flow_revision (flow, revision, file, state, content, sha256, author, origin, node, base)
                values ('flow', 1, 'routes/test/flow.yaml', 'deleted', '', '', 'ada', 'api', 'here', 0)""")
                .update();
        assertThat(endings("a").abandonDeleted(List.of("flow", "flow.close", "flowing")))
                .extracting(Endings.Abandoned::flow)
                .containsExactlyInAnyOrder("flow", "flow.close");
    }

    private Claimed claim(String node, String flow) {
        return on(node).claim(List.of(tick(flow, NOON))).get(0);
    }

    private void hold(Claimed run) {
        sql.sql("select feedhub.hold_claim(?, ?)")
                .params(run.run(), run.epoch())
                .query(Object.class)
                .list();
    }

    private static Ended ended(Claimed run, @Nullable String error) {
        return new Ended(run.run(), run.epoch(), run.flow(), new Tally(), List.of(), error);
    }

    private static Tick tick(String flow, Instant at) {
        return tick(flow, at, "skip");
    }

    private static Tick tick(String flow, Instant at, String overlap) {
        Plan plan = new Plan(flow, "test", at);
        plan.update(Terms.of(new RouteDefinition().routeProperty("overlap", overlap)), null);
        return new Tick(plan, at, null);
    }

    private List<String> outcomes(String flow) {
        return sql.sql("select outcome from feedhub.occurrence where flow = ? order by scheduled_at")
                .param(flow)
                .query(String.class)
                .list();
    }

    private List<String> revisions(String flow) {
        return sql.sql("select coalesce(revision::text, 'none') from feedhub.occurrence where flow = ? order by id")
                .param(flow)
                .query(String.class)
                .list();
    }

    private long count(String query) {
        return sql.sql(query).query(Long.class).single();
    }

    private static List<Claims.Planned> planned(Claimed run) {
        return List.of(new Claims.Planned(run.run(), run.flow(), false));
    }

    private Claims on(String node) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("revisions", new Revisions()));
        return new Claims(lifeline(), new Node(node, List.of()), beans.getBeanProvider(RevisionSet.class));
    }

    private Endings endings(String node) {
        return new Endings(lifeline(), new Node(node, List.of()), new Json(new ObjectMapper()));
    }

    private Lifeline lifeline() {
        Lifeline lifeline = new Lifeline(database.properties());
        lifelines.add(lifeline);
        return lifeline;
    }

    /** Every flow runs its third revision, but one whose revision is not on record. */
    private static final class Revisions implements RevisionSet {
        @Override
        public String digest() {
            return "";
        }

        @Override
        public OptionalInt of(String flow) {
            return flow.equals("unrecorded") ? OptionalInt.empty() : OptionalInt.of(3);
        }
    }
}
