package io.feedhub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.FileSystemUtils;

/**
 * With the profile {@code sandbox}: starts the database and the stand-ins before the hub, and leads the hub there by
 * configuration alone, so that the hub itself knows no sandbox.
 */
final class Sandbox implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    private static final Path FOLDER = Path.of(".feedhub");
    private static final Path MESSAGES = FOLDER.resolve("discord.jsonl");
    private static final Path ADDRESS = FOLDER.resolve("address");
    private static final String ADMIN_PASSWORD = "FEEDHUB_ADMIN_PASSWORD";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.acceptsProfiles(Profiles.of("sandbox"))) {
            return;
        }
        try {
            prepareFolder(environment.getProperty("sandbox.fresh", Boolean.class, false));
            start(context, environment);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot keep its data in " + FOLDER, e);
        }
    }

    private static void prepareFolder(boolean fresh) throws IOException {
        if (fresh) {
            FileSystemUtils.deleteRecursively(FOLDER);
        }
        Files.createDirectories(FOLDER);
    }

    private void start(ConfigurableApplicationContext context, ConfigurableEnvironment environment) throws IOException {
        SandboxDatabase database = new SandboxDatabase(FOLDER.resolve("postgres"));
        StandIns standIns = new StandIns(Clock.systemUTC());
        restoreMessages(standIns.discord());
        String password = environment.getProperty(
                ADMIN_PASSWORD, UUID.randomUUID().toString().substring(0, 13));
        String token = newToken();
        leaveToken(token);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("sandbox", properties(database, standIns, password, token)));
        context.addApplicationListener(event -> {
            if (event instanceof WebServerInitializedEvent listening) {
                leaveAddress(listening.getWebServer().getPort());
            }
        });
        context.getBeanFactory().registerSingleton("standIns", standIns);
        context.getBeanFactory().registerSingleton("welcome", new Welcome(password));
        SpringApplication.getShutdownHandlers().add(() -> stop(standIns, database));
    }

    private static Map<String, Object> properties(
            SandboxDatabase database, StandIns standIns, String password, String token) {
        Map<String, Object> properties = new LinkedHashMap<>(standIns.properties());
        properties.put("feedhub.database.url", database.url());
        properties.put("feedhub.database.username", "postgres");
        properties.put("feedhub.database.password", "postgres");
        properties.put("spring.flyway.locations", "classpath:db/migration,classpath:db/sandbox");
        properties.put("feedhub.users[0].name", "admin");
        properties.put("feedhub.users[0].password", "{bcrypt}" + new BCryptPasswordEncoder(8).encode(password));
        properties.put("feedhub.users[0].role", "admin");
        properties.put("feedhub.tokens[0].name", "sandbox");
        properties.put("feedhub.tokens[0].sha256", sha256(token));
        properties.put("feedhub.tokens[0].role", "admin");
        properties.put(
                "feedhub.tokens[0].expires",
                LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
        return properties;
    }

    /** For the commands beside this sandbox; readable by its owner only. */
    private static void leaveToken(String secret) throws IOException {
        Path token = FOLDER.resolve("token");
        Files.deleteIfExists(token);
        Files.createFile(token);
        boolean narrowed =
                token.toFile().setReadable(false, false) && token.toFile().setReadable(true, true);
        if (narrowed) {
            Files.writeString(token, secret);
        }
    }

    /** For the same commands; the process's number tells them whether it is still so. */
    private static void leaveAddress(int port) {
        try {
            Files.writeString(
                    ADDRESS,
                    "http://127.0.0.1:" + port + " " + ProcessHandle.current().pid());
        } catch (IOException e) {
            throw new UncheckedIOException("the commands would not find this sandbox", e);
        }
    }

    private static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return "fh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String sha256(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private void restoreMessages(DiscordStandIn discord) throws IOException {
        if (Files.exists(MESSAGES)) {
            for (String line : Files.readAllLines(MESSAGES)) {
                JsonNode entry = json.readTree(line);
                discord.keep(entry.path("channel").asText(), entry.path("message"));
            }
        }
        discord.writeTo(this::append);
    }

    private void append(String channel, JsonNode message) {
        try {
            String line = json.writeValueAsString(Map.of("channel", channel, "message", message)) + "\n";
            Files.write(MESSAGES, List.of(line.strip()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the message cannot be kept", e);
        }
    }

    private static void stop(StandIns standIns, SandboxDatabase database) {
        standIns.close();
        try {
            Files.deleteIfExists(ADDRESS);
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's PostgreSQL did not stop", e);
        }
    }
}
