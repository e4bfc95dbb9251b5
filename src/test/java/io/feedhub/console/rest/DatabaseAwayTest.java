package io.feedhub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedhub.RunningHub;
import io.feedhub.TestDatabase;
import io.feedhub.console.Caller;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered while the database takes no connections. */
class DatabaseAwayTest {
    private final TestDatabase database = TestDatabase.migrated();
    private final RunningHub hub = new RunningHub(
            Path.of("routes"),
            Map.of(
                    "feedhub.users[0].password",
                    RunningHub.hash("secret"),
                    "spring.datasource.hikari.connection-timeout",
                    "500"),
            database);

    @AfterEach
    void stop() {
        database.comeBack();
        hub.close();
    }

    @Test
    void allDoorsSaySoAndNobodyIsSignedInOffTheRecord() {
        Caller person = Caller.anonymous(hub);
        person.send("GET", "/sign-in", null);
        Map<String, String> form =
                Map.of("username", "admin", "password", "secret", "_csrf", person.cookie("XSRF-TOKEN"));
        Caller admin = Caller.basic(hub, "admin", "secret");

        database.goAway();
        isAway(person.form("/sign-in", form));
        isAway(admin.send("GET", "/api/runs", null));
        isAway(admin.send("POST", "/api/flows/heartbeat_pulse/run", null, "Idempotency-Key", "one"));
        HttpResponse<String> health = person.send("GET", "/observe/health", null);
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).isEqualTo("{\"status\":\"DOWN\"}");

        database.comeBack();
        assertThat(person.status("GET", "/api/runs")).isEqualTo(401);
    }

    private static void isAway(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the database does not answer");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }
}
