package io.feedhub.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharactersTest {

    @ParameterizedTest
    @CsvSource({"'', 0, ''", "abc, 3, abc", "abcd, 4, ab…", "📡📡📡, 3, 📡📡📡", "📡📡📡📡, 4, 📡📡…"})
    void aCharacterIsOneHoweverManyOfJavasItTakes(String text, int count, String cut) {
        assertThat(Characters.count(text)).isEqualTo(count);
        assertThat(Characters.cut(text, 3)).isEqualTo(cut);
    }
}
