package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void itIsAsWideAsTheEnvironmentSays() {
        assertThat(Terminal.width("132", true)).isEqualTo(132);
        assertThat(Terminal.width("60", false)).isEqualTo(60);
    }

    @Test
    void oneOfNoKnownWidthHasTheUsualOne() {
        assertThat(Terminal.width(null, true)).isEqualTo(100);
        assertThat(Terminal.width("0", true)).isEqualTo(100);
        assertThat(Terminal.width("wide", true)).isEqualTo(100);
        assertThat(Terminal.width("99999999999", true)).isEqualTo(100);
    }

    @Test
    void whatIsNoneHasNoEndButWordsAreWrapped() {
        assertThat(Terminal.width(null, false)).isGreaterThan(1_000_000);
        assertThat(Terminal.forWords(Terminal.width(null, false))).isEqualTo(100);
        assertThat(Terminal.forWords(72)).isEqualTo(72);
    }
}
