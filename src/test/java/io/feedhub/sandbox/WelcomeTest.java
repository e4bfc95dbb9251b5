package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WelcomeTest {

    @Test
    void itSaysHowToSignInAndHowToLookAtRows() {
        assertThat(new Welcome("secret", "postgresql://postgres@127.0.0.1:5433/postgres").text("8080", 60))
                .contains("sign in   admin / secret")
                .contains("rows      psql postgresql://postgres@127.0.0.1:5433/postgres")
                .contains("A minute passes in 1 s.");
    }
}
