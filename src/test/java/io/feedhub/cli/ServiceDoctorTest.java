package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ServiceDoctorTest {

    @Test
    void aServiceOfAnyNameThatVariablesConfigureIsLookedAt(@TempDir Path noFlows) {
        StandardEnvironment environment = new StandardEnvironment();
        String system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(
                        system,
                        new SystemEnvironmentPropertySource(
                                system,
                                Map.of(
                                        "FEEDHUB_SERVICES_MYLAB_URL", "http://127.0.0.1:1",
                                        "FEEDHUB_SERVICES_MYLAB_TOKEN", "s3cret",
                                        "FEEDHUB_SERVICES_MYLAB_PRIVATENETWORK", "true",
                                        "FEEDHUB_DISCORD_CHANNELS_INTEL2_URL", "http://127.0.0.1:1")));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "file",
                        Map.of(
                                "feedhub.routes", noFlows.toString(),
                                "feedhub.services.My_Lab.url", "",
                                "feedhub.discord.channels.Intel_2.url", "")));
        ConfigurationPropertySources.attach(environment);
        assertThat(new ServiceDoctor(environment).check())
                .extracting(DoctorCommand.Finding::found)
                .containsExactly("refuses the connection", "refuses the connection");
    }
}
