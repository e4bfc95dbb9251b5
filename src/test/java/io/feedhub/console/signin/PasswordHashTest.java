package io.feedhub.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

    @Test
    void itIsAsFeedhubUsersHasItAndAsTheDoorKnowsIt() {
        String hash = PasswordHash.of("three or four words");
        assertThat(hash).matches("\\{bcrypt}\\$2a\\$12\\$[./A-Za-z0-9]{53}");
        assertThat(PasswordHash.encoder().matches("three or four words", hash.substring("{bcrypt}".length())))
                .isTrue();
    }
}
