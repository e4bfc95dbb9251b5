package io.feedhub.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedhub.RunningHub;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditTest {
    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = new RunningHub(Path.of("routes"), Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aSwitchIsOnRecordWithItsBeforeAndAfter() {
        hub.post("/api/flows/heartbeat_pulse/pause");
        JsonNode entry = newest("flow.pause");
        assertThat(entry.path("who").asText()).isEqualTo("admin");
        assertThat(entry.path("role").asText()).isEqualTo("admin");
        assertThat(entry.path("via").asText()).isEqualTo("api");
        assertThat(entry.path("origin").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("subject").asText()).isEqualTo("heartbeat_pulse");
        assertThat(entry.at("/before/state").asText()).isEqualTo("running");
        assertThat(entry.at("/after/state").asText()).isEqualTo("paused");
        assertThat(entry.path("result").asText()).isEqualTo("done");
        hub.post("/api/flows/heartbeat_pulse/resume");
    }

    @Test
    void anActionThatIsRefusedIsOnRecordWithItsReason() {
        assertThat(hub.post("/api/deliveries/4711/retry")).isEqualTo(404);
        assertThat(hub.post("/api/deliveries/4711/give-up")).isEqualTo(404);
        JsonNode entry = newest("delivery.retry");
        assertThat(entry.path("result").asText()).isEqualTo("refused");
        assertThat(entry.path("reason").asText()).contains("4711");
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        Audit audit = hub.bean(Audit.class);
        assertThatThrownBy(() -> audit.record("test", "x", Object::new, () -> hub.bean(JdbcClient.class)
                        .sql("insert into feedhub.state (flow, name, value) values ('x', 'audited', '1')")
                        .update()))
                .hasMessageContaining("JSON");
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'test' and result = 'failed'"))
                .isEqualTo(1);
        assertThat(hub.count("select count(*) from feedhub.state where name = 'audited'"))
                .isZero();
    }

    @Test
    void aRowIsNeverChanged() {
        hub.post("/api/deliveries/4711/retry");
        for (String change : new String[] {
            "update feedhub.audit set who = 'nobody'", "delete from feedhub.audit", "truncate feedhub.audit"
        }) {
            assertThatThrownBy(() -> hub.database().sql(change).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void whatIsOldIsForgottenAndTheLastYearIsKept() {
        hub.post("/api/deliveries/4711/retry");
        hub.database()
                .sql(
                        """
                insert into feedhub.audit (at, who, role, via, origin, action, subject, result)
                values (now() - interval '4 years', 'x', 'admin', 'api', 'x', 'old', 'x', 'done'),
                       (now() - interval '2 years', 'x', 'admin', 'api', 'x', 'old', 'x', 'done')""")
                .update();
        hub.bean(AuditRetention.class).forget();
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'old'"))
                .isEqualTo(1);
        hub.database()
                .sql("select feedhub.prune_audit('1 day')")
                .query(Long.class)
                .single();
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'old'"))
                .isZero();
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'delivery.retry'"))
                .isPositive();
    }

    private static JsonNode newest(String action) {
        return hub.get("/api/audit?action=" + action).at("/items/0");
    }
}
