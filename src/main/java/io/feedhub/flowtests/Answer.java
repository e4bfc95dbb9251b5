package io.feedhub.flowtests;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service answers.
 *
 * @param status the HTTP status; 0 breaks the connection off
 * @param body written as JSON, a text as it is
 */
record Answer(int status, @Nullable Object body) {
    static final String NONE = "no answer";

    /** As a test has it: a status, "no answer", {status, body}, or the body of a good answer. */
    static Answer of(@Nullable Object written) {
        if (written instanceof Integer status) {
            return new Answer(status, Map.of("error", "the test says so"));
        }
        if (NONE.equals(written)) {
            return new Answer(0, null);
        }
        if (written instanceof Map<?, ?> map
                && map.get("status") instanceof Integer status
                && Set.of("status", "body").equals(map.keySet())) {
            return new Answer(status, map.get("body"));
        }
        return new Answer(200, written);
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }
}
