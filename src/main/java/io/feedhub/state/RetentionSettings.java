package io.feedhub.state;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what flows remember is kept.
 *
 * @param seen keys of items, from when they were seen; an item that comes again later is dealt with again
 * @param seenOf the same for single flows
 * @param versions what variables held before
 */
@ConfigurationProperties("feedhub.keep")
record RetentionSettings(
        @DefaultValue("400d") Duration seen,
        @DefaultValue Map<String, Duration> seenOf,
        @DefaultValue("30d") Duration versions) {

    Duration seenOf(String flow) {
        return seenOf.getOrDefault(flow, seen);
    }
}
