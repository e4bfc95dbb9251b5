package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.cli.DoctorCommand.Finding;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsDoctorTest {

    @Test
    void ofWhatIsMissingItSaysWhatToSet() {
        assertThat(SettingsDoctor.check(with("feedhub.discord.channels.café.url", ""), Clock.systemUTC()))
                .contains(
                        Finding.bad("settings", "feedhub.database.url is missing", "set FEEDHUB_DATABASE_URL"),
                        Finding.bad(
                                "settings",
                                "feedhub.discord.channels.café.url is missing",
                                "set FEEDHUB_DISCORD_CHANNELS_CAFÉ_URL; or take the channel out of application.yaml"),
                        Finding.bad(
                                "settings",
                                "feedhub.users: missing; nobody could sign in; ./feedhub password makes one",
                                ""));
    }

    private static StandardEnvironment with(String key, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(key, value)));
        return environment;
    }
}
