package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.TestDatabase;
import io.feedhub.database.Json;
import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import io.feedhub.nodes.RevisionSet;
import io.feedhub.runs.ItemCounts;
import io.feedhub.schedule.Claims.Claimed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever goes wrong with a run, it ends, or somebody else can have it. */
class RunnerTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());
    private final Lifeline lifeline = new Lifeline(database.properties());
    private final Limits limits = new Limits(8, 8, Duration.ofMinutes(1), 100, 3, Duration.ofDays(1), 1_000);
    private final Endings endings = new Endings(lifeline, new Node("a", List.of()), new Json(new ObjectMapper()));
    private final Troubles troubles = new Troubles(
            sql, new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())), event -> {}, limits);
    private final RunMeters meters = new RunMeters(new SimpleMeterRegistry(), troubles);
    private final Slots slots = new Slots(limits);
    private final InFlight inFlight = new InFlight(endings, slots, meters);
    private final Closer closer = new Closer(endings, troubles);
    private final Runner runner = new Runner(
            new Claims(
                    lifeline,
                    new Node("a", List.of()),
                    new StaticListableBeanFactory().getBeanProvider(RevisionSet.class)),
            inFlight,
            closer,
            limits,
            meters,
            new RunExchanges(inFlight, new Json(new ObjectMapper())));
    private final Plan plan = new Plan("flow", "test", Instant.EPOCH);
    private final Thread closing = Loop.begin("closer", closer);

    @AfterEach
    void stop() throws InterruptedException {
        closing.interrupt();
        closing.join();
        lifeline.destroy();
    }

    @Test
    void aRunWhoseCountsAreNoNumbersFailsAndItsFlowIsFree() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            plan.routeStarted(route(camel));
            start();
            Awaitility.await().until(() -> outcome().equals("failed"));
        }
        Awaitility.await().until(closer::isIdle);
        assertThat(sql.sql("select error from feedhub.occurrence")
                        .query(String.class)
                        .single())
                .contains("many");
    }

    @Test
    void aRunThatCannotBeginIsHandedOver() {
        plan.routeStarted((Route) Proxy.newProxyInstance(
                RunnerTest.class.getClassLoader(), new Class<?>[] {Route.class}, (proxy, method, given) -> {
                    if (method.getName().equals("getEndpoint")) {
                        throw new OutOfMemoryError("as a test has it");
                    }
                    return null;
                }));
        start();
        Awaitility.await().until(() -> outcome().equals("planned"));
        assertThat(inFlight.isOn("flow")).isFalse();
    }

    /** Camel has none go on in a route that it is taking out; the instant would be lost. */
    @Test
    void aRunWhoseRouteIsTakenOutAsItBeginsIsHandedOver() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Route route = route(camel);
            ServiceHelper.stopService(route.getConsumer(), route.getProcessor());
            plan.routeStarted(route);
            start();
            Awaitility.await().until(() -> outcome().equals("planned"));
        }
    }

    /** Its end is on its way to the database: it must not be planned again. */
    @Test
    void aRunThatHasJustEndedIsNotHandedOver() {
        Claimed claim = claimed();
        ActiveRun run = new ActiveRun(plan, claim, Duration.ofMinutes(1), false);
        inFlight.add(run);
        assertThat(inFlight.remove(run)).isTrue();
        inFlight.handOver(run, "test");
        assertThat(outcome()).isEqualTo("running");
    }

    @Test
    void allThatIsPastItsTimeLimitIsGivenUpThoughTheDatabaseIsAway() {
        List<ActiveRun> overdue = Stream.of("flow", "another")
                .map(flow -> new ActiveRun(plan, claimed(flow), Duration.ZERO, false))
                .toList();
        overdue.forEach(inFlight::add);
        sql.sql("alter table feedhub.occurrence rename to away").update();
        assertThatThrownBy(inFlight::enforceLimits).isInstanceOf(DataAccessException.class);
        assertThat(overdue).allMatch(run -> run.verdict().isPresent());
        sql.sql("alter table feedhub.away rename to occurrence").update();
        inFlight.enforceLimits();
        assertThat(sql.sql("select outcome from feedhub.occurrence")
                        .query(String.class)
                        .list())
                .containsExactly("failed", "failed");
    }

    private static Route route(DefaultCamelContext camel) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow").setProperty(ItemCounts.OUT, constant("many"));
            }
        });
        camel.start();
        return Objects.requireNonNull(camel.getRoute("flow"));
    }

    private void start() {
        assertThat(slots.tryTake(plan)).isTrue();
        runner.start(plan, claimed());
    }

    private Claimed claimed() {
        return claimed("flow");
    }

    private Claimed claimed(String flow) {
        return sql.sql(
                        """
                insert into feedhub.occurrence (flow, scheduled_at, node, outcome, started_at)
                values (?, now(), 'a', 'running', now()) returning id, scheduled_at""")
                .param(flow)
                .query((row, number) -> {
                    Instant at = row.getTimestamp("scheduled_at").toInstant();
                    return new Claimed(row.getLong("id"), flow, at, RunOutcome.RUNNING, 1, at, null);
                })
                .single();
    }

    private String outcome() {
        return sql.sql("select outcome from feedhub.occurrence")
                .query(String.class)
                .single();
    }
}
