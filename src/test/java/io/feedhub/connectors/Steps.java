package io.feedhub.connectors;

import io.feedhub.RunningHub;
import io.feedhub.sandbox.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;

/** A hub without flows, whose connectors are called one by one as a step of a flow would be. */
public final class Steps implements AutoCloseable {
    private final RunningHub hub;
    private final AtomicInteger steps = new AtomicInteger();

    public Steps(Map<String, Object> settings) {
        this(settings, emptyFolder());
    }

    Steps(Map<String, Object> settings, Path routes) {
        hub = new RunningHub(routes, settings);
    }

    public RunningHub hub() {
        return hub;
    }

    public World world() {
        return hub.standIns().world();
    }

    /** The body after the step, as maps and lists. */
    public Object call(String kamelet, Map<String, String> parameters, Object body, Map<String, Object> headers) {
        String query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + raw(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        String step = "kamelet:" + kamelet + "/test-" + steps.incrementAndGet() + "?" + query;
        return hub.bean(CamelContext.class)
                .createFluentProducerTemplate()
                .to(step)
                .withBody(body)
                .withHeaders(headers)
                .withExchangeProperty("feedhub.flow", "test")
                .request();
    }

    public Object call(String kamelet, Map<String, String> parameters) {
        return call(kamelet, parameters, "", Map.of());
    }

    public Object call(String kamelet, Map<String, String> parameters, Object body) {
        return call(kamelet, parameters, body, Map.of());
    }

    /** How the step fails. */
    public Throwable failure(String kamelet, Map<String, String> parameters) {
        return failure(kamelet, parameters, "");
    }

    public Throwable failure(String kamelet, Map<String, String> parameters, Object body) {
        try {
            Object answer = call(kamelet, parameters, body);
            throw new AssertionError(kamelet + " did not fail but answered " + answer);
        } catch (CamelExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() {
        hub.close();
    }

    private static String raw(String text) {
        return text.contains(")") ? "RAW{" + text + "}" : "RAW(" + text + ")";
    }

    private static Path emptyFolder() {
        try {
            Path folder = Files.createTempDirectory("routes");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
