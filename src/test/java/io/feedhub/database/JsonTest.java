package io.feedhub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

    private final Json json = new Json(new ObjectMapper());

    @Test
    void whatWasWrittenIsRead() {
        assertThat(json.read(json.write(List.of(new Item("a", 1))), ITEMS)).containsExactly(new Item("a", 1));
        assertThat(json.read(json.write(Map.of("a", 1)), Object.class)).isEqualTo(Map.of("a", 1));
        assertThat(json.read("null", Object.class)).isNull();
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.write(new Object()))
                .withMessageContaining("java.lang.Object");
        assertThatIllegalStateException()
                .isThrownBy(() -> json.read("{}", ITEMS))
                .withMessageContaining("Item");
        assertThatIllegalStateException().isThrownBy(() -> json.read("{", Object.class));
    }

    record Item(String name, int number) {}
}
