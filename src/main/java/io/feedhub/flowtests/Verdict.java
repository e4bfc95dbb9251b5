package io.feedhub.flowtests;

import java.time.Duration;
import java.util.List;

/**
 * How a case went.
 *
 * @param flow the flow
 * @param name the case
 * @param place file and line
 * @param took how long it took
 * @param differences what is not as the case says, ready to print; empty when all is well
 */
public record Verdict(String flow, String name, String place, Duration took, List<String> differences) {

    /** Whether everything is as the case says. */
    public boolean passed() {
        return differences.isEmpty();
    }
}
