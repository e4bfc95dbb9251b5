package io.feedhub.state.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of every merge, tried with random copies. A failure says its seed. */
class KindTest {
    private static final int ROUNDS = 3_000;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void copiesMayComeInAnyOrderAnyGroupingAndTwice(Kind kind) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Map<String, Value> a = copy(kind, random);
            Map<String, Value> b = copy(kind, random);
            Map<String, Value> c = copy(kind, random);
            assertThat(kind.merge(a, b)).as("commutative, seed %d", seed).isEqualTo(kind.merge(b, a));
            assertThat(kind.merge(kind.merge(a, b), c))
                    .as("associative, seed %d", seed)
                    .isEqualTo(kind.merge(a, kind.merge(b, c)));
            assertThat(kind.merge(a, a)).as("idempotent, seed %d", seed).isEqualTo(a);
            assertThat(kind.merge(kind.merge(a, b), b))
                    .as("absorbs what it has, seed %d", seed)
                    .isEqualTo(kind.merge(a, b));
            assertThat(kind.merge(a, b).keySet())
                    .as("loses no key, seed %d", seed)
                    .containsAll(a.keySet())
                    .containsAll(b.keySet());
        }
    }

    @Test
    void eachKindKeepsWhatItsNameSays() {
        Value small = new Value(JsonNodeFactory.instance.numberNode(9), at(2));
        Value large = new Value(JsonNodeFactory.instance.numberNode(10), at(1));
        assertThat(Kind.LARGEST.merge(Map.of("", small), Map.of("", large))).containsEntry("", large);
        assertThat(Kind.NEWEST.merge(Map.of("", small), Map.of("", large))).containsEntry("", small);
        Value early = new Value(JsonNodeFactory.instance.textNode("2026-03-06T12:00:00+02:00"), at(2));
        Value late = new Value(JsonNodeFactory.instance.textNode("2026-03-06T10:30:00Z"), at(1));
        assertThat(Kind.LATEST.merge(Map.of("", early), Map.of("", late))).containsEntry("", late);
    }

    /** Few keys, few values and few times, so that they collide. */
    private static Map<String, Value> copy(Kind kind, Random random) {
        Map<String, Value> copy = new TreeMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            copy.put("k" + random.nextInt(4), new Value(value(kind, random), at(random.nextInt(3))));
        }
        return copy;
    }

    private static JsonNode value(Kind kind, Random random) {
        return switch (kind) {
            case LARGEST -> JsonNodeFactory.instance.numberNode(random.nextInt(3));
            case LATEST -> JsonNodeFactory.instance.textNode("2026-03-0" + (1 + random.nextInt(3)));
            default -> JsonNodeFactory.instance.textNode("v" + random.nextInt(3));
        };
    }

    private static Origin at(int second) {
        return new Origin(Instant.ofEpochSecond(second), "", ".f" + second + ".json");
    }
}
