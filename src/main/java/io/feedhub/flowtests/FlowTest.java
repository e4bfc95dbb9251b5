package io.feedhub.flowtests;

import java.util.List;

/**
 * One case of a flow's test file.
 *
 * @param flow the flow that runs
 * @param place file and line, as a person looks it up
 * @param name what the case is about
 * @param given how the world is
 * @param when what is run
 * @param then what must be the case
 */
public record FlowTest(String flow, String place, String name, Given given, List<Step> when, Then then) {

    @Override
    public String toString() {
        return flow + ": " + name;
    }
}
