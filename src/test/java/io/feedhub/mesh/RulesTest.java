package io.feedhub.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
    private final Rules rules = new Rules(Map.of(
            "serenity", List.of("video", "youtube"), "memory", List.of("vault", "note"), "design", List.of("c++")));

    @Test
    void theDomainWithTheMostWordsDecides() {
        assertThat(rules.best("Note: the YouTube video of the week")).containsExactly("serenity");
        assertThat(rules.best("vault vault vault video youtube")).containsExactly("serenity");
    }

    @Test
    void noWordAndAsManyWordsDoNotDecide() {
        assertThat(rules.best("Nothing of interest")).isEmpty();
        assertThat(rules.best("A note on a video")).containsExactly("memory", "serenity");
    }

    @Test
    void onlyWholeWordsCount() {
        assertThat(rules.best("keynote, videos, vaults")).isEmpty();
        assertThat(rules.best("written in c++, at last")).containsExactly("design");
        assertThat(rules.best("VAULT.")).containsExactly("memory");
    }
}
