package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

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

    @Test
    void aMisspeltVariableIsNamedWithTheNearestRightOneAndNothingElseIs() {
        StandardEnvironment environment = with(Map.of());
        String system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        Map<String, Object> variables = new HashMap<>();
        List.of(
                        "FEEDHUB_DATABSE_URL",
                        "FEEDHUB_SERVICES_NUMU_TOKNE",
                        "FEEDHUB_DATABASE_URL",
                        "FEEDHUB_SERVICES_YOUTUBEANALYTICS_OAUTH_CLIENTSECRET",
                        "FEEDHUB_DISCORD_CHANNELS_INTEL_2_URL",
                        "FEEDHUB_PLAIN_HTTP",
                        "FEEDHUB_HOSTS_0",
                        "FEEDHUB_USERS_0_NAME",
                        "FEEDHUB_URL",
                        "FEEDHUB_HEAP",
                        "FEEDHUB_PORT_8080_TCP_ADDR",
                        "FEEDHUB_SERVICE_HOST",
                        "HOME")
                .forEach(name -> variables.put(name, "true"));
        environment.getPropertySources().replace(system, new SystemEnvironmentPropertySource(system, variables));
        assertThat(KnownKeys.otherVariables(environment))
                .containsExactlyInAnyOrder(
                        "FEEDHUB_DATABSE_URL: a variable that sets nothing; did you mean FEEDHUB_DATABASE_URL?",
                        "FEEDHUB_SERVICES_NUMU_TOKNE: a variable that sets nothing; did you mean"
                                + " FEEDHUB_SERVICES_*_TOKEN?");
        assertThat(SettingsDoctor.check(environment, Clock.systemUTC()))
                .filteredOn(finding -> finding.found().startsWith("FEEDHUB_DATABSE_URL"))
                .extracting(Doctor.Finding::result)
                .containsExactly("warn");
    }

    private static StandardEnvironment with(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new OriginTrackedMapPropertySource("test", new HashMap<>(settings)));
        return environment;
    }
}
