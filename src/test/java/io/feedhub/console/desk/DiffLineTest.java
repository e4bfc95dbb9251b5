package io.feedhub.console.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.flows.Diff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffLineTest {

    @ParameterizedTest
    @CsvSource({"110000, 1", "1, 3000"})
    void aTextThatIsTooLargeIsNotCompared(int length, int lines) {
        String large = ("x".repeat(length) + "\n").repeat(lines);
        DiffLine answer = new DiffLine("place", "@@ too large to compare @@");
        assertThat(DiffLine.of(Diff.unified("f 1", large, "f 2", "y"))).containsExactly(answer);
        assertThat(DiffLine.of(Diff.unified("f 1", "y", "f 2", large))).containsExactly(answer);
        assertThat(Diff.unified("f 1", large, "f 2", large)).isEmpty();
    }

    @Test
    void saysWhatIsDifferent() {
        assertThat(DiffLine.of(Diff.unified("f 1", "a", "f 2", "b")))
                .contains(new DiffLine("removed", "a"), new DiffLine("added", "b"));
    }
}
