package io.feedhub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.nodes.Heartbeat;
import io.feedhub.nodes.Lifeline;
import io.feedhub.nodes.Node;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two nodes make of a flow that goes and comes back. */
class RegistrarTest {
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    @TempDir
    private Path routes;

    private RunningHub hub;
    private Route route;

    @BeforeEach
    void start() {
        hub = new RunningHub(routes, Map.of("test.ticks", true)); // of which the nodes have the beat and the clock
        Endpoint minutely = hub.bean(CamelContext.class).getEndpoint("quartz:design/flow?cron=0+*+*+*+*+?");
        route = (Route) Proxy.newProxyInstance(
                RegistrarTest.class.getClassLoader(),
                new Class<?>[] {Route.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getRouteId" -> "flow";
                    case "getEndpoint" -> minutely;
                    case "equals" -> proxy == given[0];
                    default -> null;
                });
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /** Else those that did not delete its row take the time of its absence for a gap. */
    @Test
    void aDeletedFlowThatComesBackIsNewOnEachNodeWhicheverHasForgottenIt() {
        List<Peer> peers = List.of(peer("a"), peer("b"));
        revision("accepted");
        peers.forEach(this::begin);
        peers.forEach(peer -> peer.plan().register(time().minus(THREE_DAYS)));
        peers.forEach(peer -> peer.plan().routeStopped(route, time().minus(THREE_DAYS)));
        revision("deleted");
        peers.forEach(peer -> peer.registrar().note());
        revision("accepted");
        peers.forEach(this::begin);
        assertThat(peers)
                .extracting(peer -> peer.plan().settled())
                .allMatch(settled -> settled.isAfter(time().minus(Duration.ofMinutes(1))));
    }

    /** Its file is still live: then the row is what tells this node, when it runs it again, what its peers have settled. */
    @Test
    void aFlowThatOnlyStoppedHereIsKept() {
        Peer peer = peer("a");
        revision("accepted");
        begin(peer);
        peer.plan().routeStopped(route, time().minus(THREE_DAYS));
        peer.registrar().note();
        assertThat(peer.plans().find("flow")).isPresent();
        assertThat(hub.count("select count(*) from feedhub.schedule")).isOne();
    }

    private void begin(Peer peer) {
        peer.plans().started(route, Terms.DEFAULT);
        peer.registrar().register();
    }

    private Peer peer(String name) {
        Heartbeat heartbeat = hub.bean(Heartbeat.class);
        Plans plans = new Plans(heartbeat, new Node(name, List.of()));
        ScheduleTable scheduleTable = new ScheduleTable(hub.bean(Lifeline.class));
        return new Peer(
                plans, new Registrar(plans, scheduleTable, hub.bean(CatchUp.class), hub.bean(Gate.class), heartbeat));
    }

    private void revision(String state) {
        hub.database()
                .sql(
                        """
                insert into feedhub.flow_revision (flow, revision, file, state, content, sha256, author, origin, node, base)
                select 'flow', 1 + count(*), 'routes/design/flow.yaml', ?, '', '', 'ada', 'api', 'here', 0
                from feedhub.flow_revision""")
                .param(state)
                .update();
    }

    private Instant time() {
        return hub.bean(Heartbeat.class).databaseTime();
    }

    /** What a node has of its own. */
    private record Peer(Plans plans, Registrar registrar) {
        Plan plan() {
            return plans.find("flow").orElseThrow();
        }
    }
}
