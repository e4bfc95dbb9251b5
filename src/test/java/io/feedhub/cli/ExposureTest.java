package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class ExposureTest {

    @Test
    void otherMachinesAreLetInOverTlsOnly() {
        assertThat(Exposure.problems(at("127.0.0.1"))).isEmpty();
        assertThat(Exposure.problems(at("0.0.0.0"))).singleElement().asString().contains("TLS");
        assertThat(Exposure.problems(at(""))).singleElement().asString().contains("any");
        assertThat(Exposure.problems(at("0.0.0.0").withProperty("server.ssl.bundle", "hub")))
                .isEmpty();
        assertThat(Exposure.problems(at("0.0.0.0").withProperty("feedhub.plain-http", "true")))
                .isEmpty();
    }

    @Test
    void twoUsersOfOneNameAndAPasswordWithoutAHashAreNamed() {
        List<Problem> problems = Exposure.problems(at("127.0.0.1")
                .withProperty("feedhub.users[0].name", "ada")
                .withProperty(
                        "feedhub.users[0].password",
                        "{bcrypt}$2a$12$ORd2t/or0.XecAIODzXuVeAWyyXWzeaJyC..KN45MIzxlHzqO.d6O")
                .withProperty("feedhub.users[1].name", "Ada")
                .withProperty("feedhub.users[1].password", "secret")
                .withProperty("feedhub.users[2].name", "eve")
                .withProperty("feedhub.users[2].password", "{noop}secret")
                .withProperty("feedhub.users[3].role", "admin"));
        assertThat(problems)
                .extracting(Problem::line)
                .containsExactly(
                        "feedhub.users[1].name: another user has that name; capitals make no difference",
                        "feedhub.users[1].password: not a bcrypt hash; ./feedhub password NAME makes one",
                        "feedhub.users[2].password: not a bcrypt hash; ./feedhub password NAME makes one",
                        "feedhub.users[3].name: missing; it is what the person types",
                        "feedhub.users[3].password: not a bcrypt hash; ./feedhub password NAME makes one");
    }

    @Test
    void aTokenThatNobodyCouldBeLetInByIsNamedAndNotShown() {
        List<Problem> problems = Exposure.problems(at("127.0.0.1")
                .withProperty("feedhub.tokens[0].name", "ci")
                .withProperty("feedhub.tokens[0].sha256", "fh_secret")
                .withProperty("feedhub.tokens[0].expires", "2027-06-31")
                .withProperty("feedhub.tokens[1].sha256", "0a".repeat(32))
                .withProperty("feedhub.tokens[2].name", "ci")
                .withProperty("feedhub.tokens[2].sha256", "0A".repeat(32))
                .withProperty("feedhub.tokens[2].expires", "2027-06-30"));
        assertThat(problems)
                .extracting(Problem::line)
                .containsExactly(
                        "feedhub.tokens[0].sha256: not a SHA-256 in hex; ./feedhub token NAME makes one",
                        "feedhub.tokens[0].expires: no date; write the token's last day, such as 2027-06-30",
                        "feedhub.tokens[1].name: missing; the audit calls its bearer so",
                        "feedhub.tokens[1].expires: no date; write the token's last day, such as 2027-06-30");
    }

    private static MockEnvironment at(String address) {
        return new MockEnvironment().withProperty("server.address", address);
    }
}
