package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskAggregatorTest extends FlowTest {

    @Test
    void takesTheViewFromNumuWithTheAgentsNames() {
        assertThat(hub().run("task_aggregator")).isEqualTo("done");
        assertThat(hub().count("select count(*) from tasks where source = 'numu' and agent = 'scribe'"))
                .isEqualTo(2);
        world().task("Render the evening clip", "done");
        hub().run("task_aggregator");
        assertThat(hub().count("select count(*) from tasks where source = 'numu' and status = 'done'"))
                .isEqualTo(1);
    }

    @Test
    void numuDownTakesTheViewFromSupabaseAndSaysSo() {
        world().breakDown("numu");
        hub().database().sql("update tasks set source = 'before'").update();
        assertThat(hub().run("task_aggregator")).isEqualTo("done");
        assertThat(hub().count("select count(*) from tasks where source = 'supabase'"))
                .isEqualTo(2);
    }
}
