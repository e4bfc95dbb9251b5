package io.feedhub.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.flows.check.FlowFile;
import io.feedhub.flows.check.Refused;
import io.feedhub.runs.RunMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that are exchanged while others are, or that cannot be. */
class SwapTest {
    private static final int STANDING = 5_000;
    private static final int EDITORS = 4;
    private static final int EDITS = 25;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final LiveRoutes routes = new LiveRoutes(camel);
    private final Swap swap = new Swap(
            routes,
            new FlowSettings(
                    Path.of("routes"),
                    Path.of("beans"),
                    new FlowSettings.NodeSettings("here"),
                    new FlowSettings.EditSettings(Duration.ZERO, Duration.ZERO, 3, true)));

    @BeforeEach
    void start() {
        camel.disableJMX();
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void flowsAreExchangedSideBySide() {
        for (int flow = 0; flow < STANDING; flow++) { // a long list, which takes its time to be read
            camel.getRouteDefinitions().add(new RouteDefinition().routeId("standing" + flow));
        }
        List<CompletableFuture<Void>> editors = IntStream.range(0, EDITORS)
                .mapToObj(editor -> CompletableFuture.runAsync(() -> edit("edited" + editor)))
                .toList();
        editors.forEach(CompletableFuture::join);
        assertThat(camel.getRouteDefinitions()).hasSize(STANDING + EDITORS);
        assertThat(camel.getRoutes()).hasSize(EDITORS);
    }

    @Test
    void whatCannotBeTakenOutRunsOn() throws Refused {
        FlowFile file = file("steady");
        routes.load(file);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> swap.exchange(file, file)).hasMessage("the hub stops");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(camel.getRoutes())
                .singleElement()
                .extracting(Route::getConsumer)
                .matches(consumer -> !ServiceHelper.isSuspended(consumer));
        routes.starters().pause("steady");
        assertThat(routes.starters().isPaused("steady")).as("it is not leaving").isTrue();
    }

    @Test
    void whatRanIsPutBackWhenItsSuccessorEndsInAnError() throws Refused {
        camel.addComponent("greedy", new DefaultComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                throw new OutOfMemoryError("no thread");
            }
        });
        FlowFile file = file("kept");
        routes.load(file);
        FlowFile greedy = new FlowFile(file.name(), file.text().replace("{ log:", "{ to: 'greedy:x' }, { log:"));
        assertThat(greedy.text()).contains("greedy");
        assertThatThrownBy(() -> swap.exchange(file, greedy)).isInstanceOf(OutOfMemoryError.class);
        assertThat(camel.getRoutes()).singleElement().matches(route -> !ServiceHelper.isSuspended(route.getConsumer()));
        routes.load(file("another"));
        assertThatThrownBy(() -> routes.load(new FlowFile(
                        "routes/operations/third.yaml", greedy.text().replace("kept", "third"))))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(camel.getRoutes()).hasSize(2);
        assertThat(camel.getRouteDefinitions()).hasSize(2);
    }

    @Test
    void aFlowThatIsResumedWhileItIsExchangedIsNotPausedAnew() throws Exception {
        FlowFile file = file("resumed");
        routes.load(file);
        routes.starters().pause("resumed");
        swap.exchange(file, file);
        assertThat(routes.starters().isPaused("resumed")).isTrue();
        Exchange run = camel.getEndpoint("direct:resumed").createExchange();
        run.getExchangeExtension().setFromRouteId("resumed");
        run.setProperty("feedhub.giveUp", (RunMark.End) reason -> resume("resumed"));
        camel.getInflightRepository().add(run);
        swap.exchange(file, file);
        camel.getInflightRepository().remove(run);
        assertThat(routes.starters().isPaused("resumed")).isFalse();
    }

    private void resume(String flow) {
        try {
            camel.getRouteController().resumeRoute(flow);
        } catch (Exception e) { // Camel's route controller declares no narrower one
            throw new AssertionError(e);
        }
    }

    private void edit(String flow) {
        try {
            routes.load(file(flow));
            for (int edit = 0; edit < EDITS; edit++) {
                routes.remove(flow);
                routes.load(file(flow));
            }
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    private static FlowFile file(String flow) {
        return new FlowFile(
                "routes/operations/" + flow + ".yaml",
                """
                - route:
                    id: %1$s
                    from: { uri: "direct:%1$s", steps: [ { log: "%1$s" } ] }
                """
                        .formatted(flow));
    }
}
