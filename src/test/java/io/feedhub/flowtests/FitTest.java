package io.feedhub.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitTest {

    @Test
    void ofAMapOnlyTheNamedMembersCount() {
        assertThat(Fit.fits(Map.of("a", 1), Map.of("a", 1, "b", 2))).isTrue();
        assertThat(Fit.fits(Map.of("a", 1, "b", 3), Map.of("a", 1, "b", 2))).isFalse();
        assertThat(Fit.fits(Map.of("a", 1), "a")).isFalse();
    }

    @Test
    void aListFitsInOrderAndWhole() {
        assertThat(Fit.fits(List.of(1, 2), List.of(1, 2))).isTrue();
        assertThat(Fit.fits(List.of(1, 2), List.of(2, 1))).isFalse();
        assertThat(Fit.fits(List.of(1), List.of(1, 2))).isFalse();
    }

    @Test
    void aTextBetweenSlashesIsFound() {
        assertThat(Fit.fits("/^b.*d$/", "b\nd")).isTrue();
        assertThat(Fit.fits("/^c/", "bcd")).isFalse();
        assertThat(Fit.fits("bcd", "bcde")).isFalse();
    }

    @Test
    void numbersAndInstantsAreComparedAsSuch() {
        assertThat(Fit.fits(1, 1.0)).isTrue();
        assertThat(Fit.fits("2026-03-02T12:00:00Z", "2026-03-02T13:00:00+01:00"))
                .isTrue();
        assertThat(Fit.fits("2026-03-02T12:00:00Z", "2026-03-02T12:00:01+00:00"))
                .isFalse();
        assertThat(Fit.fits(null, "x")).isFalse();
    }
}
