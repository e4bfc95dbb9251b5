package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.feedhub.FeedHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class CommandLineTest {
    @TempDir
    private Path classes;

    @Test
    void aCommandThatDoesNotExistIsAUsageError() {
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "flaws")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "60001"})
    void aSpeedThatNoTimerHasIsAUsageError(String speed) {
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "sandbox", "--once", "--speed", speed))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.y", "heartbeat_pulse.test.yaml"})
    void whatIsNoFlowByItsNameIsNotChecked(String name, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "- route: {}");
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "check", file.toString()))
                .isEqualTo(2);
    }

    @Test
    void ofAFileThatCannotBeReadItIsSaidWhy(@TempDir Path folder) throws IOException {
        String missing = folder.resolve("missing.yaml").toString();
        String ofMissing = missing + ": there is no such file; paths are read from the hub's folder, "
                + Path.of("").toAbsolutePath();
        assertThat(complaint("check", missing)).contains(ofMissing);
        assertThat(complaint("import-state", folder.toString(), "--rules", missing))
                .contains(ofMissing);
        Path directory = Files.createDirectory(folder.resolve("folder.yaml"));
        assertThat(complaint("check", directory.toString())).contains(directory + " cannot be read: ");
    }

    private static String complaint(String... arguments) throws IOException {
        return complaint(2, () -> Commands.run(new SpringApplication(FeedHub.class), arguments));
    }

    private interface Run {
        int exitCode() throws IOException;
    }

    private static String complaint(int exitCode, Run run) throws IOException {
        PrintStream terminal = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(run.exitCode()).isEqualTo(exitCode);
        } finally {
            System.setErr(terminal);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aHubThatIsNotThereIsNotReached() {
        assertThat(Commands.run(new SpringApplication(FeedHub.class), "flows", "--url", "http://127.0.0.1:1"))
                .isEqualTo(3);
    }

    @Test
    void aHubThatTakesNoConnectionIsNotWaitedForAsLongAsForAnAnswer() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Instant began = Instant.now();
            String url = "http://127.0.0.1:" + full.getLocalPort();
            assertThat(complaint(
                            3, () -> Commands.run(new SpringApplication(FeedHub.class), "pause", "x", "--url", url)))
                    .contains("no hub answers at " + url);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void whatBrokeOffIsNotTakenForAHubThatIsNotThere() throws IOException {
        HttpHandler hub = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.close();
        };
        assertThat(complaint(3, () -> exitCode(hub, "flows")))
                .contains("broke off its answer")
                .doesNotContain("no hub", "may still do it");
        assertThat(complaint(3, () -> exitCode(hub, "pause", "x")))
                .contains("may still do it")
                .doesNotContain("no hub");
    }

    @Test
    void aHubWhoseCertificateNobodyTrustsIsNotTakenForOneThatIsNotThere(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(unknownToAll(folder.resolve("keys"))));
        server.start();
        String url = "https://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(complaint(
                            3, () -> Commands.run(new SpringApplication(FeedHub.class), "pause", "x", "--url", url)))
                    .contains("no secure connection to " + url, "certificate")
                    .doesNotContain("no hub", "may still do it");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext unknownToAll(Path keys) throws Exception {
        String[] keytool = {
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "hub",
            "-dname",
            "CN=hub",
            "-storepass",
            "secret",
            "-keystore",
            keys.toString()
        };
        assertThat(new ProcessBuilder(keytool).start().waitFor()).isZero();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(keys.toFile(), "secret".toCharArray()), "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aHubThatCannotAnswerForNowIsNotReachedEither() throws IOException {
        assertThat(exitCode(exchange -> answer(exchange, 503, "text/html", "no"), "flows"))
                .isEqualTo(3);
    }

    @Test
    void aHubThatLocksUsOutIsNotReachedEither() throws IOException {
        assertThat(exitCode(exchange -> answer(exchange, 429, "application/problem+json", "{}"), "flows"))
                .isEqualTo(3);
    }

    @Test
    void anAnswerThatLeadsElsewhereIsNotTakenForDone() throws IOException {
        assertThat(exitCode(
                        exchange -> {
                            exchange.getResponseHeaders().set("Location", "https://hub.example.org/api/flows/x/pause");
                            exchange.sendResponseHeaders(308, -1);
                            exchange.close();
                        },
                        "pause",
                        "x"))
                .isEqualTo(3);
    }

    @Test
    void aTokenThatNoHeaderTakesIsNotShownAndABlankOneIsNone() throws IOException {
        PrintStream terminal = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<String> credentials = new ArrayList<>();
        HttpHandler hub = exchange -> {
            credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            answer(exchange, 200, "application/json", "{}");
        };
        try {
            System.setProperty("feedhub.token", "fh_se\ncret");
            assertThat(exitCode(hub, "flows")).isEqualTo(2);
            System.setProperty("feedhub.token", " ");
            assertThat(exitCode(hub, "flows")).isZero();
        } finally {
            System.setErr(terminal);
            System.clearProperty("feedhub.token");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("FEEDHUB_TOKEN is no token")
                .doesNotContain("cret");
        assertThat(credentials).containsExactly("null");
    }

    @Test
    void moreRowsThanAPageHoldsComeFromTheNextOnes() throws IOException {
        List<String> asked = new ArrayList<>();
        HttpHandler hub = exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getQuery()));
            String next = asked.size() < 3 ? "\"" + (9 - asked.size()) + "\"" : "null";
            answer(exchange, 200, "application/json", "{\"items\":[{\"id\":1}],\"next\":" + next + "}");
        };
        assertThat(exitCode(hub, "runs", "--limit", "2")).isZero();
        assertThat(asked).containsExactly("null", "next=8");
        asked.clear();
        assertThat(exitCode(hub, "runs", "--limit", "50")).isZero();
        assertThat(asked).containsExactly("null", "next=8", "next=7");
    }

    @Test
    void whatAReportHasInAllIsOfEveryFlowAndNotOfTheRowsShown() throws IOException {
        HttpHandler hub = exchange -> answer(
                exchange,
                200,
                "application/json",
                "{\"items\":[{\"flow\":\"a\",\"done\":1},{\"flow\":\"b\",\"done\":2}]}");
        assertThat(printed(hub, "report", "--limit", "1").lines().skip(1))
                .hasSize(2)
                .last()
                .asString()
                .matches("all +0 +3 .*");
    }

    @Test
    void whatIsNoNumberOfRowsIsAUsageError() throws IOException {
        for (String limit : List.of("0", "-1")) {
            assertThat(complaint("flows", "--limit", limit)).contains("--limit must be 1 or more");
        }
        assertThat(complaint("flows", "--limit", "abc"))
                .contains("'abc' must be a number")
                .doesNotContain("int");
        assertThat(complaint("retry", "abc")).contains("'abc' must be a number").doesNotContain("long");
    }

    @Test
    void whatTheHubDoesNotUnderstandIsAUsageError() throws IOException {
        HttpHandler hub =
                exchange -> answer(exchange, 400, "application/problem+json", "{\"detail\":\"no state bogus\"}");
        assertThat(complaint(2, () -> exitCode(hub, "deliveries", "--state", "bogus")))
                .contains("no state bogus");
    }

    @Test
    void eachFindingOfARefusedEditHasALineOfItsOwn() throws IOException {
        String revision = "{\"number\":2,\"state\":\"refused\",\"findings\":["
                + "{\"line\":3,\"column\":7,\"reason\":\"unknown channel infre\",\"fix\":\"did you mean infra?\"},"
                + "{\"line\":9,\"column\":1,\"reason\":\"too long\",\"fix\":\"\"}]}";
        HttpHandler hub =
                exchange -> answer(exchange, 200, "application/json", "{\"items\":[" + revision + "],\"next\":null}");
        assertThat(printed(hub, "history", "a_flow"))
                .contains("  3:7: unknown channel infre; did you mean infra?" + System.lineSeparator())
                .contains("  9:1: too long" + System.lineSeparator());
    }

    @Test
    void whatMendsAStateAnswersAsJsonAsWell() throws IOException {
        HttpHandler hub = exchange -> answer(exchange, 200, "application/json", "{\"forgotten\":1}");
        assertThat(printed(hub, "state", "a_flow", "--forget", "k", "--json")).contains("\"forgotten\" : 1");
        assertThat(printed(hub, "state", "a_flow", "--forget-older", "3", "--json"))
                .contains("\"forgotten\" : 1");
        assertThat(printed(hub, "state", "a_flow", "v", "--restore", "2", "--json"))
                .startsWith("{");
        assertThat(printed(hub, "state", "a_flow", "--forget", "k")).contains("1 seen key of a_flow forgotten");
    }

    @Test
    void aNameIsOnePartOfAnAddressOrIsRefused() throws IOException {
        List<String> asked = new ArrayList<>();
        HttpHandler hub = exchange -> {
            asked.add(exchange.getRequestURI().toString());
            answer(exchange, 200, "application/json", "{}");
        };
        assertThat(exitCode(hub, "state", "a_flow", "last seen?")).isZero();
        assertThat(exitCode(hub, "state", "a_flow", "a+b é", "--restore", "2")).isZero();
        assertThat(exitCode(hub, "history", "beans/my digest")).isZero();
        assertThat(exitCode(hub, "state", "a_flow", "a/b")).isEqualTo(2);
        assertThat(exitCode(hub, "pause", "a;b")).isEqualTo(2);
        assertThat(asked)
                .containsExactly(
                        "/api/flows/a_flow/state/last%20seen%3F",
                        "/api/flows/a_flow/state/a%2Bb%20%C3%A9/restore?to=2",
                        "/api/files/beans/my%20digest/revisions");
    }

    @Test
    void whatAnImportPrintsAsJsonIsOneText(@TempDir Path old) throws IOException {
        Files.writeString(old.resolve(".a_flow.json"), "[\"a\", \"b\"]");
        String printed = printed(
                exchange -> answer(exchange, 200, "application/json", "{\"items\":[{\"written\":1}]}"),
                "import-state",
                old.toString(),
                "--apply",
                "--json");
        assertThat(new ObjectMapper()
                        .readerFor(JsonNode.class)
                        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .<JsonNode>readValue(printed)
                        .at("/outcomes/0/written")
                        .asInt())
                .isEqualTo(1);
    }

    private static String printed(HttpHandler hub, String... arguments) throws IOException {
        PrintStream terminal = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            exitCode(hub, arguments);
        } finally {
            System.setOut(terminal);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static int exitCode(HttpHandler hub, String... arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", hub);
        server.start();
        try {
            String[] all = Arrays.copyOf(arguments, arguments.length + 2);
            all[arguments.length] = "--url";
            all[arguments.length + 1] =
                    "http://127.0.0.1:" + server.getAddress().getPort();
            return Commands.run(new SpringApplication(FeedHub.class), all);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    }

    @Test
    void port6543IsRefusedWithItsReason() {
        assertThat(problems(Map.of("feedhub.database.url", "jdbc:postgresql://h:6543/postgres")))
                .contains("transaction mode")
                .contains("5432");
        assertThat(problems(Map.of(
                        "feedhub.database.url",
                        "jdbc:postgresql://h:5432/postgres",
                        "spring.datasource.url",
                        "jdbc:postgresql://h:6543/postgres")))
                .contains("transaction mode");
        assertThat(problems(Map.of("feedhub.database.url", "jdbc:postgresql://h:65432/postgres")))
                .doesNotContain("transaction mode");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://user:s3cret@h:5432/postgres",
                "jdbc:postgresql://user:s3cret@h:5432/postgres",
                "jdbc:postgresql://h/postgres?user=x&password=s3cret"
            })
    void anAddressWithASecretInItIsRefusedAndNotShown(String url) {
        assertThat(problems(Map.of("feedhub.database.url", url)))
                .contains("feedhub.database.url: no address")
                .doesNotContain("s3cret");
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("feedhub.database.url", url)));
        assertThat(new DatabaseDoctor(environment, Clock.systemUTC()).check())
                .singleElement()
                .asString()
                .contains("its address is none")
                .doesNotContain("s3cret");
    }

    @Test
    void whatIsMissingIsListedWithItsVariable() {
        assertThat(problems(Map.of("feedhub.services.numu.url", "")))
                .contains("feedhub.services.numu.url: missing (FEEDHUB_SERVICES_NUMU_URL)")
                .contains("feedhub.database.url: missing (FEEDHUB_DATABASE_URL)")
                .contains("feedhub.users: missing");
    }

    @Test
    void ofANameThatIsNotWrittenAsSpringWritesKeysTheVariableIsSaidAndFound() {
        Map<String, Object> settings = Map.of("feedhub.discord.channels.Intel_2.url", "");
        assertThat(problems(settings))
                .contains("feedhub.discord.channels.Intel_2.url: missing (FEEDHUB_DISCORD_CHANNELS_INTEL2_URL);"
                        + " or take the channel out of application.yaml");
        assertThat(problems(settings, Map.of("FEEDHUB_DISCORD_CHANNELS_INTEL2_URL", "https://discord.com/x")))
                .doesNotContain("Intel_2");
    }

    @Test
    void theVersionIsThatOfTheBuildWhereThereIsOne() throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            assertThat(new Version(loader).getVersion()).containsExactly("Feed-Hub dev");
            Files.createDirectories(classes.resolve("META-INF"));
            Files.writeString(classes.resolve("META-INF/build-info.properties"), "build.version=1.2.3-SNAPSHOT\n");
            assertThat(new Version(loader).getVersion()).containsExactly("Feed-Hub 1.2.3-SNAPSHOT");
        }
    }

    private static String problems(Map<String, Object> settings) {
        return problems(settings, Map.of());
    }

    private static String problems(Map<String, Object> settings, Map<String, Object> variables) {
        GenericApplicationContext context = new GenericApplicationContext();
        StandardEnvironment environment = new StandardEnvironment();
        String system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(system, new SystemEnvironmentPropertySource(system, variables));
        environment.getPropertySources().addLast(new MapPropertySource("test", settings));
        ConfigurationPropertySources.attach(environment);
        context.setEnvironment(environment);
        try {
            new SettingsCheck().initialize(context);
            return "";
        } catch (MissingSettings e) {
            return String.valueOf(e.getMessage());
        }
    }
}
