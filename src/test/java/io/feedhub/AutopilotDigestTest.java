package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AutopilotDigestTest extends FlowTest {

    @Override
    Map<String, Object> settings() {
        return Map.of("feedhub.gemini.daily-tokens", 1000);
    }

    @Test
    void tellsWhatHappenedOnce() {
        happen("infra", "gateway is down");
        happen("intel", "a new post");
        assertThat(hub().run("autopilot_digest")).isEqualTo("done");
        assertThat(hub().run("autopilot_digest")).isEqualTo("done");
        assertThat(headlines("ops")).hasSize(1);
        assertThat(digest()).contains("• infra: gateway is down").contains("• intel: a new post");
        assertThat(
                        hub().count(
                                        "select count(*) from feedhub.llm_usage where flow = 'autopilot_digest' and finish = 'STOP'"))
                .isEqualTo(1);
    }

    @Test
    void withoutBudgetItPostsThePlainListAndSaysSo() {
        hub().database()
                .sql(
                        """
                        insert into feedhub.llm_usage (flow, model, input_tokens, output_tokens, finish)
                        values ('other', 'm', 900, 100, 'STOP')""")
                .update();
        happen("infra", "gateway is down");
        assertThat(hub().run("autopilot_digest")).isEqualTo("done");
        assertThat(digest()).contains("daily budget is spent").contains("- infra: gateway is down");
    }

    @Test
    void geminiDownPostsThePlainList() {
        world().breakDown("gemini");
        happen("infra", "gateway is down");
        assertThat(hub().run("autopilot_digest")).isEqualTo("done");
        assertThat(digest()).contains("answered 503").contains("- infra: gateway is down");
    }

    private void happen(String channel, String title) {
        hub().database()
                .sql(
                        """
                        insert into feedhub.outgoing (flow, channel, payload, state, created_at)
                        values ('some_flow', ?, jsonb_build_object('embeds', jsonb_build_array(jsonb_build_object('title', ?))),
                                'delivered', now() - interval '1 minute')""")
                .params(channel, title)
                .update();
    }

    private String digest() {
        headlines("ops");
        return hub().standIns()
                .discord()
                .messages("ops")
                .get(0)
                .at("/embeds/0/description")
                .asText();
    }
}
