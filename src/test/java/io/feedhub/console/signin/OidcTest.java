package io.feedhub.console.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.feedhub.OidcProvider;
import io.feedhub.RunningHub;
import io.feedhub.console.Caller;
import io.feedhub.console.identity.Role;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/** Single sign-on, with a provider that speaks real HTTP and can lie; at the end no secret is in the log. */
class OidcTest {
    private static final String PAUSE = "/api/flows/heartbeat_pulse/resume";
    private static final Map<String, Object> ADA =
            Map.of("sub", "4711", "preferred_username", "ada", "groups", List.of("hub-ops", "cooks"));

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

    @TempDir
    private static Path folder;

    private static OidcProvider provider;
    private static RunningHub hub;
    private static String whileAway;

    @BeforeAll
    static void start() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes/infrastructure"));
        Files.copy(Path.of("routes/infrastructure/heartbeat_pulse.yaml"), routes.resolve("heartbeat_pulse.yaml"));
        provider = new OidcProvider();
        provider.isAway(true);
        hub = new RunningHub(
                folder.resolve("routes"),
                Map.of(
                        "feedhub.oidc.issuer",
                        provider.issuer(),
                        "feedhub.oidc.client-id",
                        OidcProvider.CLIENT,
                        "feedhub.oidc.client-secret",
                        OidcProvider.SECRET,
                        "feedhub.oidc.name",
                        "the club",
                        "feedhub.oidc.roles.viewer",
                        "guests",
                        "feedhub.oidc.roles.operator",
                        "hub-ops"));
        LOG.start();
        root().addAppender(LOG);
        Caller early = Caller.anonymous(hub);
        early.send("GET", "/sign-in/oidc", null);
        whileAway = page(early);
        provider.isAway(false);
        Awaitility.await()
                .until(() -> location(early.send("GET", "/sign-in/oidc", null)).startsWith(provider.issuer()));
    }

    @AfterAll
    static void nothingSecretWasLogged() {
        root().detachAppender(LOG);
        hub.close();
        provider.close();
        assertThat(logged()).isNotEmpty().allSatisfy(event -> {
            String all = event.getFormattedMessage() + event.getThrowableProxy();
            assertThat(all)
                    .doesNotContain(OidcProvider.SECRET)
                    .doesNotContain("code-")
                    .doesNotContain("eyJ");
        });
    }

    @BeforeEach
    void theProviderKnowsAda() {
        provider.knows(ADA);
    }

    @Test
    void aHubStartsWithoutItsProviderAndSaysSoToWhoeverAsksForIt() {
        assertThat(whileAway).contains("the club does not answer as it should");
    }

    @Test
    void aProviderThatIsAwayIsNotAskedByEverybody() {
        AtomicInteger asked = new AtomicInteger();
        RestTemplate http = new RestTemplate((address, method) -> {
            asked.incrementAndGet();
            throw new IOException("away");
        });
        OidcClient client = new OidcClient(oidc("groups"), http, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        assertThatThrownBy(() -> client.findByRegistrationId("oidc")).isInstanceOf(RestClientException.class);
        assertThatThrownBy(() -> client.findByRegistrationId("oidc")).isInstanceOf(OidcClient.Busy.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void ofTooManySignInsThatWereBegunTheOldestEndsUnlessSomebodyIsSignedIn() {
        PendingSignIns pending = new PendingSignIns();
        MockHttpSession oldest = begin(pending);
        MockHttpSession signedIn = begin(pending);
        signedIn.setMaxInactiveInterval(28_800);
        for (int i = 0; i < 999; i++) {
            begin(pending);
        }
        assertThat(oldest.isInvalid()).isTrue();
        begin(pending);
        assertThat(signedIn.isInvalid()).isFalse();
    }

    private static MockHttpSession begin(PendingSignIns pending) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        pending.saveAuthorizationRequest(
                OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri("https://example.org")
                        .clientId("hub")
                        .state("x")
                        .build(),
                request,
                new MockHttpServletResponse());
        return (MockHttpSession) Objects.requireNonNull(request.getSession(false));
    }

    @Test
    void whoeverTheProviderVouchesForHasTheRoleOfTheirGroups() {
        Caller ada = Caller.anonymous(hub);
        assertThat(page(ada)).contains("href=\"/sign-in/oidc\">Sign in with the club</a>", "name=\"password\"");
        assertThat(signIn(ada)).isEqualTo("/");
        assertThat(ada.status("GET", "/api/flows")).isEqualTo(200);
        assertThat(ada.status("POST", PAUSE)).as("without the CSRF token").isEqualTo(403);
        assertThat(ada.withCsrf().status("POST", PAUSE)).isEqualTo(204);
        assertThat(ada.send("POST", PAUSE, null, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ada.status("PUT", "/api/flows/heartbeat_pulse")).isEqualTo(403);
        assertThat(ada.status("GET", "/api/audit")).isEqualTo(403);
        JsonNode entry = hub.get("/api/audit?action=sign-in&who=oidc ada".replace(" ", "%20"))
                .at("/items/0");
        assertThat(entry.path("role").asText()).isEqualTo("operator");
        assertThat(entry.path("via").asText()).isEqualTo("desk");
        assertThat(entry.at("/after/subject").asText()).isEqualTo("4711");
        assertThat(entry.at("/after/issuer").asText()).isEqualTo(provider.issuer());
        assertThat(hub.get("/api/audit?action=flow.resume").at("/items/0/who").asText())
                .isEqualTo("oidc ada");
        assertThat(ada.status("POST", "/sign-out")).isEqualTo(204);
        assertThat(ada.status("GET", "/api/flows")).isEqualTo(401);
    }

    @Test
    void peopleComeWhereTheyWantedToGo() {
        Caller ada = Caller.anonymous(hub);
        ada.send("GET", "/runs?flow=heartbeat_pulse", null, "Accept", "text/html");
        assertThat(signIn(ada)).startsWith("/runs?flow=heartbeat_pulse");
    }

    @Test
    void groupsThatOnlyTheUserInfoTellsCountAsWell() {
        provider.knows(Map.of("sub", "4712", "email", "bob@example.org"));
        provider.tellsWhenAsked(Map.of("groups", List.of("guests")));
        Caller bob = Caller.anonymous(hub);
        signIn(bob);
        assertThat(bob.status("GET", "/api/flows")).isEqualTo(200);
        assertThat(bob.withCsrf().status("POST", PAUSE)).isEqualTo(403);
    }

    @Test
    void theUserInfoOfSomebodyElseIsNotBelieved() {
        provider.tellsWhenAsked(Map.of("sub", "another", "groups", List.of("hub-ops")));
        Caller ada = Caller.anonymous(hub);
        signIn(ada);
        assertThat(ada.status("GET", "/api/flows")).isEqualTo(401);
    }

    @Test
    void whoHasNoRoleIsToldSoAndMayNothing() {
        provider.knows(Map.of("sub", "4713", "preferred_username", "eve<b>", "groups", List.of("cooks", "admin")));
        Caller eve = Caller.anonymous(hub);
        assertThat(signIn(eve)).isEqualTo("/sign-in");
        assertThat(page(eve)).contains("the club knows you as eve&lt;b&gt;, but you have no role here");
        assertThat(page(eve)).as("said once").doesNotContain("eve");
        assertThat(eve.status("GET", "/api/flows")).isEqualTo(401);
        JsonNode entry = hub.get("/api/audit?action=sign-in").at("/items/0");
        assertThat(entry.path("subject").asText()).isEqualTo("oidc eve<b>");
        assertThat(entry.path("result").asText()).isEqualTo("refused");
    }

    static Stream<Named<Consumer<OidcProvider>>> lies() {
        return Stream.of(
                lie("for another hub", claims -> claims.audience("another-hub")),
                lie("for many, and asked for by another", claims -> claims.audience(
                                List.of(OidcProvider.CLIENT, "another-hub"))
                        .claim("azp", "another-hub")),
                lie("from another issuer", claims -> claims.issuer("https://evil.example")),
                lie("expired", claims -> claims.issueTime(ago(7200)).expirationTime(ago(3600))),
                lie("without an end", claims -> claims.expirationTime(null)),
                lie("with another nonce", claims -> claims.claim("nonce", "guessed")),
                lie("without a nonce", claims -> claims.claim("nonce", null)),
                lie("of nobody", claims -> claims.subject(null)),
                Named.of("unsigned", p -> p.signs(claims -> new PlainJWT(claims).serialize())),
                Named.of("signed by a stranger", p -> p.signs(p::forged)),
                Named.of("signed with the client's secret", p -> p.signs(OidcTest::withTheSecret)),
                Named.of("changed on the way", p -> p.signs(claims -> changed(p.signed(claims)))),
                Named.of("no token at all", p -> p.signs(claims -> "x")));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aTokenIsNotBelieved(Consumer<OidcProvider> lie) {
        String refused = "select count(*) from feedhub.audit where action = 'sign-in' and result = 'refused'";
        long before = hub.count(refused);
        lie.accept(provider);
        Caller caller = Caller.anonymous(hub);
        assertThat(signIn(caller)).isEqualTo("/sign-in");
        assertThat(page(caller)).contains("cannot be trusted").doesNotContain("Exception");
        assertThat(caller.status("GET", "/api/flows")).isEqualTo(401);
        assertThat(hub.count(refused)).isEqualTo(before + 1);
    }

    @Test
    void aSignInIsFinishedOnceAndByWhoeverBeganIt() {
        Caller attacker = Caller.anonymous(hub);
        String back = authorised(attacker);
        Caller victim = Caller.anonymous(hub);
        victim.send("GET", back, null);
        assertThat(page(victim)).contains("in another browser");
        assertThat(victim.status("GET", "/api/flows")).isEqualTo(401);

        Caller pending = Caller.anonymous(hub);
        pending.send("GET", "/sign-in/oidc", null);
        pending.send("GET", back, null);
        assertThat(pending.status("GET", "/api/flows"))
                .as("the state of another")
                .isEqualTo(401);

        attacker.send("GET", back, null);
        assertThat(attacker.status("GET", "/api/flows")).isEqualTo(200);
        attacker.send("POST", "/sign-out", null, "X-XSRF-TOKEN", attacker.cookie("XSRF-TOKEN"));
        attacker.send("GET", back, null);
        assertThat(attacker.status("GET", "/api/flows")).as("a second time").isEqualTo(401);
    }

    @Test
    void theWayBackLeadsToThisHubWhateverTheHeadersSay() {
        Caller caller = Caller.anonymous(hub);
        assertThat(caller.send("GET", "/sign-in/oidc", null, "X-Forwarded-Host", "evil.example")
                        .headers()
                        .firstValue("location")
                        .orElseThrow())
                .startsWith(provider.issuer())
                .contains("redirect_uri=" + hub.address() + "/sign-in/oidc/code&")
                .contains("code_challenge_method=S256");
        assertThat(caller.send("GET", "/sign-in/oidc", null, "Host", "evil.example")
                        .statusCode())
                .isEqualTo(400);
        assertThat(location(caller.send("GET", "/sign-in/another", null))).isEqualTo("/sign-in");
    }

    @Test
    void aRoleIsFoundInsideAClaimAndTheHighestCounts() {
        Oidc flat = oidc("https://example.org/roles");
        assertThat(flat.role(Map.of("https://example.org/roles", "boss"))).hasValue(Role.ADMIN);
        assertThat(flat.role(Map.of("https://example.org/roles", List.of("boss", "guest"))))
                .hasValue(Role.ADMIN);
        assertThat(flat.role(Map.of("groups", "boss"))).isEmpty();
        Oidc deep = oidc("realm_access.roles");
        assertThat(deep.role(Map.of("realm_access", Map.of("roles", List.of("guest")))))
                .hasValue(Role.VIEWER);
        assertThat(deep.role(Map.of("realm_access", "roles"))).isEmpty();
        assertThat(deep.role(Map.of())).isEmpty();
        assertThat(deep.role(Map.of("realm_access", Map.of("roles", List.of("admin", "VIEWER", "")))))
                .isEmpty();
    }

    @Test
    void afterHalfADayTheProviderIsAskedAgain() throws Exception {
        Instant signedIn = Instant.parse("2026-03-01T08:00:00Z");
        Instant end = signedIn.plus(Duration.ofHours(12));
        assertThat(isSignedIn(signedIn, end.minusSeconds(1))).isTrue();
        assertThat(isSignedIn(signedIn, end)).isFalse();
    }

    /** Whether somebody who signed in then still is, later. */
    private static boolean isSignedIn(Instant then, Instant later) throws Exception {
        OidcIdToken token = OidcIdToken.withTokenValue("x").subject("4711").build();
        OidcPerson ada = new OidcPerson(token, "oidc ada", Role.VIEWER, then);
        SecurityContextHolder.getContext()
                .setAuthentication(new OAuth2AuthenticationToken(ada, ada.getAuthorities(), "oidc"));
        try {
            MockHttpServletRequest request = new MockHttpServletRequest();
            HttpSession session = Objects.requireNonNull(request.getSession());
            AtomicBoolean signedIn = new AtomicBoolean();
            new OidcSessionEnd(Duration.ofHours(12), Clock.fixed(later, ZoneOffset.UTC))
                    .doFilter(
                            request,
                            new MockHttpServletResponse(),
                            (passed, answer) -> signedIn.set(
                                    SecurityContextHolder.getContext().getAuthentication() != null));
            assertThat(request.getSession(false) == session).isEqualTo(signedIn.get());
            return signedIn.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static Oidc oidc(String claim) {
        return new Oidc(
                "https://example.org",
                "hub",
                "",
                List.of(),
                claim,
                Map.of(Role.VIEWER, List.of("guest"), Role.ADMIN, List.of("boss")),
                Duration.ofHours(12),
                "",
                "");
    }

    /** Goes the whole way, and tells where it ends. */
    private static String signIn(Caller caller) {
        return location(caller.send("GET", authorised(caller), null)).replace(hub.address(), "");
    }

    /** Goes to the provider, and tells where it sends the person back to. */
    private static String authorised(Caller caller) {
        String there = location(caller.send("GET", "/sign-in/oidc", null));
        return location(caller.visit(there)).replace(hub.address(), "");
    }

    private static String page(Caller caller) {
        return caller.send("GET", "/sign-in", null, "Accept", "text/html").body();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("location").orElseThrow();
    }

    private static Named<Consumer<OidcProvider>> lie(String name, Consumer<JWTClaimsSet.Builder> about) {
        return Named.of(
                name,
                provider -> provider.lies(claims -> {
                    about.accept(claims);
                    return claims;
                }));
    }

    private static Date ago(long seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    private static String withTheSecret(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(Arrays.copyOf(OidcProvider.SECRET.getBytes(StandardCharsets.UTF_8), 32)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String changed(String token) {
        int signature = token.lastIndexOf('.') + 1;
        char first = token.charAt(signature);
        return token.substring(0, signature) + (first == 'A' ? 'B' : 'A') + token.substring(signature + 1);
    }

    /** What was logged until now; threads may go on. */
    private static List<ILoggingEvent> logged() {
        synchronized (LOG) { // as the appender does
            return List.copyOf(LOG.list);
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
