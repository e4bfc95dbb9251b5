package io.feedhub.flowtests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Spells out {@code {repeat: ["text", 5000]}}, so that a file can hold a huge text in one line. */
final class Repeats {
    private Repeats() {}

    static @Nullable Object spellOut(@Nullable Object written) {
        if (written instanceof List<?> list) {
            return list.stream().map(Repeats::spellOut).collect(Collectors.toList());
        }
        if (!(written instanceof Map<?, ?> map)) {
            return written;
        }
        if (map.size() == 1
                && map.get("repeat") instanceof List<?> repeat
                && repeat.size() == 2
                && repeat.get(1) instanceof Integer times) {
            return String.valueOf(repeat.get(0)).repeat(times);
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((key, value) -> members.put(String.valueOf(key), spellOut(value)));
        return members;
    }
}
