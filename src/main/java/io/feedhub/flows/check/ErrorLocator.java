package io.feedhub.flows.check;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.util.ObjectHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.springframework.core.NestedExceptionUtils;

/** Finds the line of a file that Camel's exception is about. */
public final class ErrorLocator {
    private ErrorLocator() {}

    /** The finding that an exception of Camel amounts to. */
    public static Finding find(FlowFile file, Throwable error) {
        Optional<MarkedYamlEngineException> marked = cause(error, MarkedYamlEngineException.class);
        if (marked.isPresent()) {
            String problem = firstLine(String.valueOf(marked.get().getProblem()));
            return FlowTree.at(file, marked.get().getProblemMark(), problem, "");
        }
        String reason = reason(error);
        int place = Stream.of(
                        cause(error, NoSuchBeanException.class).map(NoSuchBeanException::getName),
                        cause(error, ResolveEndpointFailedException.class).map(e -> path(e.getUri())),
                        Optional.of("id: " + file.id()))
                .flatMap(Optional::stream)
                .map(file.text()::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(0);
        Spot spot = Spot.of(file.text(), place);
        return new Finding(file.name(), spot.line(), spot.column(), reason, "");
    }

    private static String path(String uri) {
        return uri.split("\\?", 2)[0].replace("://", ":");
    }

    private static String reason(Throwable error) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return firstLine(
                cause instanceof FailedToCreateRouteException ? text.substring(text.indexOf("because of") + 10) : text);
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }

    private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
        return Optional.ofNullable(ObjectHelper.getException(type, error));
    }
}
