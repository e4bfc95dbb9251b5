package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.OidcProvider;
import io.feedhub.cli.DoctorCommand.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class OidcSettingsTest {

    @Test
    void whoeverNamesNoProviderNeedsNothing() {
        assertThat(OidcSettings.problems(new MockEnvironment())).isEmpty();
        assertThat(new OidcDoctor(new MockEnvironment()).check()).isEmpty();
    }

    @Test
    void aWholeProviderIsAccepted() {
        assertThat(OidcSettings.problems(whole())).isEmpty();
        assertThat(OidcSettings.problems(
                        whole().withProperty("feedhub.oidc.issuer", "http://127.0.0.1:9000/realms/home")))
                .isEmpty();
        assertThat(OidcSettings.problems(whole().withProperty("feedhub.oidc.address", "https://hub.example.org")
                        .withProperty("feedhub.hosts", "Hub.example.org")))
                .isEmpty();
    }

    @Test
    void whatIsMissingOrWrongIsNamedWithItsKey() {
        assertThat(OidcSettings.problems(new MockEnvironment().withProperty("feedhub.oidc.client-id", "hub")))
                .extracting(Problem::line)
                .containsExactly("feedhub.oidc.issuer: missing (FEEDHUB_OIDC_ISSUER)");
        assertThat(OidcSettings.problems(
                        new MockEnvironment().withProperty("feedhub.oidc.issuer", "https://login.example.org")))
                .extracting(Problem::line)
                .hasSize(2)
                .contains("feedhub.oidc.client-id: missing (FEEDHUB_OIDC_CLIENTID)")
                .anySatisfy(problem -> assertThat(problem).startsWith("feedhub.oidc.roles: nobody would have a role"));
        for (String issuer : List.of(
                "http://login.example.org", "http://no_name/", "login.example.org", "https://x/?a=b", "https://a b")) {
            assertThat(OidcSettings.problems(whole().withProperty("feedhub.oidc.issuer", issuer)))
                    .singleElement()
                    .asString()
                    .contains("is no provider's address");
        }
    }

    @Test
    void anAddressMustBeOneThatTheHubAnswersTo() {
        assertThat(OidcSettings.problems(whole().withProperty("feedhub.oidc.address", "https://hub.example.org")))
                .singleElement()
                .asString()
                .contains("hub.example.org, which is not in feedhub.hosts");
        assertThat(OidcSettings.problems(whole().withProperty("feedhub.oidc.address", "https://hub/desk")))
                .singleElement()
                .asString()
                .contains("without a path");
    }

    @Test
    void whoeverSignsInByAProviderIsAUser() {
        assertThat(SettingsCheck.problems(whole()))
                .noneMatch(problem -> problem.line().startsWith("feedhub.users"));
        assertThat(SettingsCheck.problems(new MockEnvironment()))
                .anyMatch(problem -> problem.line().startsWith("feedhub.users: missing"));
    }

    @Test
    void theDoctorAsksTheProvider() throws Exception {
        try (OidcProvider provider = new OidcProvider()) {
            assertThat(doctor(provider.issuer()).result()).isEqualTo("ok");
            assertThat(doctor(provider.issuer().replace("127.0.0.1", "localhost")))
                    .satisfies(finding -> {
                        assertThat(finding.result()).isEqualTo("bad");
                        assertThat(finding.found()).isEqualTo("the provider calls itself " + provider.issuer());
                    });
            assertThat(doctor(provider.issuer() + "/person").found()).contains("calls itself");
        }
        assertThat(doctor("http://127.0.0.1:1").found()).isEqualTo("the provider refuses the connection");
    }

    private static Finding doctor(String issuer) {
        return new OidcDoctor(whole().withProperty("feedhub.oidc.issuer", issuer))
                .check()
                .get(0);
    }

    private static MockEnvironment whole() {
        return new MockEnvironment()
                .withProperty("feedhub.oidc.issuer", "https://login.example.org/realms/home")
                .withProperty("feedhub.oidc.client-id", "hub")
                .withProperty("feedhub.oidc.roles.admin", "hub-admins");
    }
}
