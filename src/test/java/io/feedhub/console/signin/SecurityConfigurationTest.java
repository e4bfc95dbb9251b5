package io.feedhub.console.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedhub.RunningHub;
import io.feedhub.console.Caller;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class SecurityConfigurationTest {
    private static final String PAUSE = "/api/flows/heartbeat_pulse/resume";
    private static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new RunningHub(
                Path.of("routes"),
                Map.ofEntries(
                        Map.entry("feedhub.users[1].name", "eve"),
                        Map.entry("feedhub.users[1].password", RunningHub.hash("right")),
                        Map.entry("feedhub.users[1].role", "operator"),
                        Map.entry("feedhub.users[2].name", "slow"),
                        Map.entry(
                                "feedhub.users[2].password",
                                "{bcrypt}" + new BCryptPasswordEncoder(12).encode("right")),
                        Map.entry("feedhub.hosts", "Hub.Example.org"),
                        Map.entry("server.forward-headers-strategy", "native"),
                        Map.entry("feedhub.tokens[0].name", "endless"),
                        Map.entry("feedhub.tokens[0].sha256", "fh_pasted"),
                        Map.entry("feedhub.tokens[1].name", "ci"),
                        Map.entry("feedhub.tokens[1].sha256", sha256("good")),
                        Map.entry("feedhub.tokens[1].role", "operator"),
                        Map.entry("feedhub.tokens[1].expires", "2099-01-01"),
                        Map.entry("feedhub.tokens[2].name", "old"),
                        Map.entry("feedhub.tokens[2].sha256", sha256("stale")),
                        Map.entry("feedhub.tokens[2].role", "admin"),
                        Map.entry("feedhub.tokens[2].expires", "2020-01-01")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aTokenSignsAProgramInUntilItExpires() {
        assertThat(Caller.token(hub, "good").status("POST", PAUSE)).isEqualTo(204);
        assertThat(hub.get("/api/audit?action=flow.resume").at("/items/0/who").asText())
                .isEqualTo("token ci");
        HttpResponse<String> stale = Caller.token(hub, "stale").send("GET", "/api/flows", null);
        assertThat(stale.statusCode()).isEqualTo(401);
        assertThat(stale.body()).contains("expired after 2020-01-01");
        for (String unknown : new String[] {"guess", "fh_pasted", ""}) {
            assertThat(Caller.token(hub, unknown).status("GET", "/api/flows")).isEqualTo(401);
        }
    }

    @Test
    void theFormOpensASessionThatNeedsTheCsrfTokenForChanges() {
        Caller browser = Caller.browser(hub, "eve", "right");
        assertThat(browser.status("GET", "/api/flows")).isEqualTo(200);
        assertThat(browser.status("POST", PAUSE)).isEqualTo(403);
        assertThat(browser.withCsrf().status("POST", PAUSE)).isEqualTo(204);
        assertThat(hub.get("/api/audit?action=sign-in").at("/items/0/subject").asText())
                .isEqualTo("eve");
    }

    @Test
    void withoutAProviderThereIsTheFormAndNothingElse() {
        assertThat(Caller.anonymous(hub).send("GET", "/sign-in", null).body())
                .contains("name=\"password\"")
                .doesNotContain("/sign-in/oidc");
        assertThat(Caller.anonymous(hub).status("GET", "/sign-in/oidc")).isEqualTo(401);
        assertThat(Caller.anonymous(hub).status("GET", "/sign-in/oidc/code?code=x&state=y"))
                .isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSession() {
        Caller browser = Caller.browser(hub, "eve", "right").withCsrf();
        assertThat(browser.status("POST", "/sign-out")).isEqualTo(204);
        assertThat(browser.status("GET", "/api/flows")).isEqualTo(401);
    }

    @Test
    void aPageOfAnotherOriginChangesNothing() {
        Caller browser = Caller.browser(hub, "eve", "right").withCsrf();
        Caller program = Caller.basic(hub, "eve", "right");
        for (Caller caller : new Caller[] {browser, program}) {
            for (String origin :
                    new String[] {"https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1@evil"}) {
                assertThat(caller.send("POST", PAUSE, null, "Origin", origin).statusCode())
                        .isEqualTo(403);
            }
            assertThat(caller.send("POST", PAUSE, null, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(caller.send("POST", PAUSE, null, "Origin", hub.address()).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void aNameThatIsNotTheHubsIsRefused() {
        Caller caller = Caller.basic(hub, "eve", "right");
        assertThat(caller.send("GET", "/api/flows", null, "Host", "evil.example:8080")
                        .statusCode())
                .isEqualTo(400);
        for (String own : new String[] {"localhost:8080", "hub.example.org", "HUB.example.org:8080"}) {
            assertThat(caller.send("GET", "/api/flows", null, "Host", own).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPageThatCameThroughAProxyIsTheHubs() {
        Caller caller = Caller.basic(hub, "eve", "right");
        String[] proxy = {"X-Forwarded-Host", "hub.example.org", "X-Forwarded-Proto", "https"};
        assertThat(change(caller, "10.0.0.7:8080", "https://hub.example.org", proxy))
                .isEqualTo(204);
        assertThat(change(caller, "10.0.0.7:8080", "http://hub.example.org", proxy))
                .isEqualTo(403);
        assertThat(change(caller, "10.0.0.7:8080", "https://evil.example", proxy))
                .isEqualTo(403);
        assertThat(change(caller, "hub.example.org:443", "https://hub.example.org"))
                .isEqualTo(204);
        assertThat(change(caller, "hub.example.org", "https://HUB.example.org")).isEqualTo(204);
    }

    @Test
    void aStrangersPageIsNotTheHubsBecauseItSaysSo() {
        Caller caller = Caller.basic(hub, "eve", "right");
        assertThat(change(caller, "evil.example", "http://evil.example", "X-Forwarded-Host", "localhost"))
                .isEqualTo(403);
    }

    private static int change(Caller caller, String host, String origin, String... more) {
        List<String> headers = new ArrayList<>(List.of("Host", host, "Origin", origin));
        headers.addAll(List.of(more));
        return caller.send("POST", PAUSE, null, headers.toArray(String[]::new)).statusCode();
    }

    @Test
    void aNameThatIsUnknownCostsAsMuchAsOneThatIsKnown() {
        Passwords passwords = hub.bean(Passwords.class);
        tried(passwords, "nobody in warm-up");
        tried(passwords, "slow");
        assertThat(tried(passwords, "nobody")).isGreaterThan(tried(passwords, "slow") / 2);
    }

    /** The processor time of a wrong password, which no other process on the machine lengthens. */
    private static long tried(Passwords passwords, String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        assertThatThrownBy(() -> passwords.authenticate(new UsernamePasswordAuthenticationToken(name, "guess")))
                .isInstanceOf(BadCredentialsException.class);
        return threads.getCurrentThreadCpuTime() - before;
    }

    @Test
    void twentyWrongPasswordsAreHeldUpAndOthersAreNot() {
        long before = hub.count("select count(*) from feedhub.audit where action = 'sign-in' and result = 'refused'");
        int wrong = 0;
        int locked = 0;
        for (int i = 0; i < 20; i++) {
            int status = Caller.basic(hub, "mallory", "guess" + i).status("GET", "/api/flows");
            wrong += status == 401 ? 1 : 0;
            locked += status == 429 ? 1 : 0;
        }
        assertThat(wrong).isEqualTo(5);
        assertThat(locked).isEqualTo(15);
        assertThat(Caller.basic(hub, "mallory", "x")
                        .send("GET", "/api/flows", null)
                        .headers()
                        .firstValue("retry-after"))
                .isPresent();
        assertThat(Caller.basic(hub, "eve", "right").status("GET", "/api/flows"))
                .isEqualTo(200);
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'sign-in' and result = 'refused'"))
                .isEqualTo(before + 5);
        assertThat(hub.count("select count(*) from feedhub.audit where subject = 'mallory' or reason like '%guess%'"))
                .isZero();
    }

    @Test
    void aBrowserIsLedToTheSignInPageAndAProgramIsTold() {
        Caller stranger = Caller.anonymous(hub);
        HttpResponse<String> page = stranger.send("GET", "/hawtio", null, "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("location")).hasValue("/sign-in");
        HttpResponse<String> program = stranger.send("GET", "/api/flows", null);
        assertThat(program.statusCode()).isEqualTo(401);
        assertThat(program.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(program.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @Test
    void aStrangerOpensNoSessionAndIsLedOnToThePageThatWasAskedFor() {
        Caller stranger = Caller.anonymous(hub);
        stranger.send("GET", "/runs?flow=heartbeat_pulse", null, "Accept", "text/html");
        stranger.send("GET", "/sign-in", null);
        assertThat(stranger.cookie("JSESSIONID")).isEmpty();
        HttpResponse<String> answer = stranger.form(
                "/sign-in", Map.of("username", "eve", "password", "right", "_csrf", stranger.cookie("XSRF-TOKEN")));
        assertThat(answer.headers().firstValue("location").orElse("")).endsWith("/runs?flow=heartbeat_pulse");
        assertThat(stranger.cookie("REDIRECT_URI")).isEmpty();
    }

    @Test
    void whyNobodyWasSignedInIsSaidOnceAndOpensNoSession() {
        Caller stranger = Caller.anonymous(hub);
        stranger.send("GET", "/sign-in", null);
        HttpResponse<String> answer = stranger.form(
                "/sign-in", Map.of("username", "trudy", "password", "x", "_csrf", stranger.cookie("XSRF-TOKEN")));
        assertThat(answer.headers().firstValue("location")).hasValue("/sign-in");
        assertThat(stranger.cookie("JSESSIONID")).isEmpty();
        assertThat(stranger.send("GET", "/sign-in", null).body()).contains("Wrong name or password.");
        assertThat(stranger.send("GET", "/sign-in", null).body()).doesNotContain("Wrong name or password.");
    }

    @Test
    void aNameInCapitalsHasNoFurtherTries() {
        int[] statuses = Stream.of("walter", "Walter", "WALTER", "wAlter", "waLter", "walTer")
                .mapToInt(name -> Caller.basic(hub, name, "guess").status("GET", "/api/flows"))
                .toArray();
        assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429);
    }

    private static String sha256(String token) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
