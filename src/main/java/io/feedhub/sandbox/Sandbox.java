package io.feedhub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * With the profile {@code sandbox}: starts the database and the stand-ins before the hub, and leads the hub there by
 * configuration alone, so that the hub itself knows no sandbox.
 */
final class Sandbox implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);
    private static final Path FOLDER = Path.of(".feedhub");
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
            boolean fresh = environment.getProperty("sandbox.fresh", Boolean.class, false);
            start(context, environment, SandboxFolder.take(FOLDER, fresh));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot keep its data in " + FOLDER, e);
        }
    }

    private void start(
            ConfigurableApplicationContext context, ConfigurableEnvironment environment, SandboxFolder folder)
            throws IOException {
        SandboxDatabase database = new SandboxDatabase(folder.database());
        // before anything else can fail, so that no start leaves its PostgreSQL behind
        SpringApplication.getShutdownHandlers().add(() -> stop(database, folder));
        StandIns standIns = new StandIns(Clock.systemUTC());
        SpringApplication.getShutdownHandlers().add(standIns::close);
        restoreMessages(standIns.discord(), folder.messages());
        String given = environment.getProperty(ADMIN_PASSWORD, "");
        String password = given.isBlank() ? UUID.randomUUID().toString().substring(0, 13) : given;
        String token = newToken();
        folder.leaveToken(token);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("sandbox", properties(database, standIns, password, token)));
        context.addApplicationListener(event -> {
            if (event instanceof WebServerInitializedEvent listening) {
                folder.leaveAddress(listening.getWebServer().getPort());
            }
        });
        context.getBeanFactory().registerSingleton("standIns", standIns);
        context.getBeanFactory().registerSingleton("welcome", new Welcome(password, database.address()));
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
        properties.put("feedhub.tokens[0].sha256", DigestUtils.sha256Hex(token));
        properties.put("feedhub.tokens[0].role", "admin");
        properties.put(
                "feedhub.tokens[0].expires",
                LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
        return properties;
    }

    private static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return "fh_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** A hub that was killed, or that had no room left, may have cut its last line anywhere. */
    void restoreMessages(DiscordStandIn discord, Path messages) throws IOException {
        if (Files.exists(messages)) {
            String kept = new String(Files.readAllBytes(messages), StandardCharsets.UTF_8);
            kept.lines().forEach(line -> restore(discord, line));
            if (!kept.isEmpty() && !kept.endsWith("\n")) {
                Files.writeString(messages, "\n", StandardOpenOption.APPEND);
            }
        }
        discord.writeTo((channel, message) -> append(messages, channel, message));
    }

    private void restore(DiscordStandIn discord, String line) {
        try {
            JsonNode entry = json.readTree(line);
            if (entry.path("message").isObject()) {
                discord.keep(entry.path("channel").asText(), entry.path("message"));
            }
        } catch (JsonProcessingException e) {
            log.warn("a message in {} cannot be read and is left out: {}", FOLDER, e.getOriginalMessage());
        }
    }

    private void append(Path messages, String channel, JsonNode message) {
        try {
            String line = json.writeValueAsString(Map.of("channel", channel, "message", message)) + "\n";
            Files.write(messages, List.of(line.strip()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the message cannot be kept", e);
        }
    }

    private static void stop(SandboxDatabase database, SandboxFolder folder) {
        try {
            folder.takeAddressAway();
            database.close();
            folder.release();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's PostgreSQL did not stop", e);
        }
    }
}
