package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

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
        EmptyHeadings.drop(environment);
        assertThat(environment.getProperty("feedhub.routes")).isEqualTo("routes");
    }

    @Test
    void whatWouldBeBoundAsAValueIsTakenAway() {
        StandardEnvironment environment =
                with(Map.of("feedhub.commands", "", "feedhub.users", "", "feedhub.services.numu.url", ""));
        EmptyHeadings.drop(environment);
        assertThat(environment.containsProperty("feedhub.commands")).isFalse();
        assertThat(environment.containsProperty("feedhub.users")).isTrue();
        assertThat(environment.containsProperty("feedhub.services.numu.url")).isTrue();
    }

    @Test
    void aMisspeltSectionIsNamedEmptyOrNot() {
        assertThat(KnownKeys.others(with(Map.of("feedhub.comands", ""))))
                .singleElement()
                .extracting(Problem::line, STRING)
                .startsWith("feedhub.comands: unknown");
        assertThat(KnownKeys.others(with(Map.of("feedhub.commands", "ping"))))
                .singleElement()
                .extracting(Problem::line, STRING)
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
                .extracting(DoctorCommand.Finding::result)
                .containsExactly("warn");
    }

    @Test
    void everyComponentOfASettingsRecordIsAKnownKey() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider records = new ClassPathScanningCandidateComponentProvider(false);
        records.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<String> keys = new ArrayList<>();
        for (BeanDefinition found : records.findCandidateComponents("io.feedhub")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            collect(type.getAnnotation(ConfigurationProperties.class).value(), type, keys);
        }
        assertThat(keys)
                .contains("feedhub.edits.settle", "feedhub.services.viewer.oauth.scope", "feedhub.users[0].role");
        for (String key : keys) {
            assertThat(KnownKeys.others(with(Map.of(key, "x")))).as(key).isEmpty();
        }
    }

    /** A map's key is the operator's, but for those of single sign-on, which are roles. */
    private static void collect(String prefix, Class<?> type, List<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            ResolvableType of = ResolvableType.forType(component.getGenericType());
            if (Map.class.isAssignableFrom(component.getType())) {
                value(name + ".viewer", of.resolveGeneric(1), keys);
            } else if (Collection.class.isAssignableFrom(component.getType())) {
                value(name + "[0]", of.resolveGeneric(0), keys);
            } else {
                value(name, component.getType(), keys);
            }
        }
    }

    private static void value(String name, @Nullable Class<?> type, List<String> keys) {
        if (type != null && type.isRecord()) {
            collect(name, type, keys);
        } else {
            keys.add(name);
        }
    }

    private static StandardEnvironment with(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new OriginTrackedMapPropertySource("test", new HashMap<>(settings)));
        return environment;
    }
}
