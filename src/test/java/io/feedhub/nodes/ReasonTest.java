package io.feedhub.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void anErrorIsOneLineOfBoundedLength() {
        assertThat(Reason.of(new IllegalStateException("first\nsecond"))).isEqualTo("first");
        assertThat(Reason.of(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
        assertThat(Reason.of(new IllegalStateException("a\0b"))).isEqualTo("a\uFFFDb");
        String reason = Reason.of(new IllegalStateException("😀".repeat(1_000_000)));
        assertThat(reason.codePointCount(0, reason.length())).isEqualTo(1_000);
        assertThat(reason).endsWith("😀…");
    }
}
