package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeededTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "longer", "a\0b"})
    void whatIsLeftOutOrTooLongOrHasANulIsRefused(@Nullable String value) {
        assertThatThrownBy(() -> Needed.text("work", value, 5))
                .hasMessageContaining("400 BAD_REQUEST")
                .hasMessageContaining("work must be a text of at most 5 characters");
        assertThatThrownBy(() -> Needed.name("machine", value, 5))
                .hasMessageContaining("400 BAD_REQUEST")
                .hasMessageContaining("machine must be a name of at most 5 characters, without control characters");
    }

    @Test
    void aTextMayHaveLinesAndANameHasNone() {
        assertThat(Needed.text("work", "a\nb", 5)).isEqualTo("a\nb");
        assertThat(Needed.name("machine", "a b", 5)).isEqualTo("a b");
        assertThatThrownBy(() -> Needed.name("machine", "a\nb", 5)).hasMessageContaining("control characters");
    }
}
