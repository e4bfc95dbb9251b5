package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class KnownKeysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edits",
                "database",
                "keep",
                "keep.seen-of",
                "node",
                "schedule",
                "services",
                "services.numu",
                "services.numu.oauth",
                "gemini",
                "gemini.flows",
                "youtube",
                "discord",
                "discord.channels",
                "discord.channels.infra",
                "mesh",
                "mesh.domains",
                "commands",
                "commands.ping",
                "commands.ping.patterns",
                "users",
                "tokens",
                "oidc",
                "oidc.roles",
                "hosts"
            })
    void aSectionWhoseLinesAreAllCommentsIsNone(String section) {
        StandardEnvironment environment = with(Map.of("feedhub." + section, "", "feedhub.routes", "routes"));
        assertThat(KnownKeys.others(environment)).isEmpty();
        KnownKeys.dropEmptyHeadings(environment);
        assertThat(environment.getProperty("feedhub.routes")).isEqualTo("routes");
    }

    @Test
    void whatWouldBeBoundAsAValueIsTakenAway() {
        StandardEnvironment environment =
                with(Map.of("feedhub.commands", "", "feedhub.users", "", "feedhub.services.numu.url", ""));
        KnownKeys.dropEmptyHeadings(environment);
        assertThat(environment.containsProperty("feedhub.commands")).isFalse();
        assertThat(environment.containsProperty("feedhub.users")).isTrue();
        assertThat(environment.containsProperty("feedhub.services.numu.url")).isTrue();
    }

    @Test
    void aMisspeltSectionIsNamedEmptyOrNot() {
        assertThat(KnownKeys.others(with(Map.of("feedhub.comands", ""))))
                .singleElement()
                .asString()
                .startsWith("feedhub.comands: unknown");
        assertThat(KnownKeys.others(with(Map.of("feedhub.commands", "ping"))))
                .singleElement()
                .asString()
                .startsWith("feedhub.commands: unknown");
    }

    private static StandardEnvironment with(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new OriginTrackedMapPropertySource("test", new HashMap<>(settings)));
        return environment;
    }
}
