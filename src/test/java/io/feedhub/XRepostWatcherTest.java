package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class XRepostWatcherTest extends FlowTest {
    XRepostWatcherTest() {
        super("routes/intelligence/x_repost_watcher.yaml");
    }

    @Test
    void postsNoItemTwiceOverFiftyRunsWithOverlappingPages() {
        Random random = new Random(7);
        int posts = 3;
        for (int run = 0; run < 50; run++) {
            assertThat(hub().run("x_repost_watcher")).isEqualTo("done");
            if (random.nextInt(3) == 0) {
                world().post();
                posts++;
            }
        }
        hub().run("x_repost_watcher");
        assertThat(headlines("intel")).hasSize(posts);
        assertThat(hub().count("select count(*) from x_posts")).isEqualTo(posts);
        assertThat(
                        hub().count(
                                        "select count(distinct message_id) from feedhub.outgoing where channel = 'intel' and state = 'delivered'"))
                .isEqualTo(posts);
        assertThat(hub().count("select count(*) from feedhub.occurrence where outcome = 'done'"))
                .isEqualTo(51);
    }

    @Test
    void apifyDownLosesNothing() {
        world().breakDown("apify");
        assertThat(hub().run("x_repost_watcher")).isEqualTo("failed");
        world().restore("apify");
        assertThat(hub().run("x_repost_watcher")).isEqualTo("done");
        assertThat(headlines("intel")).hasSize(3);
    }

    @Test
    void anItemThatFailsIsParkedAndLeavesNothingBehind() {
        hub().database()
                .sql("alter table x_posts add check (id <> '1859000000000007919')")
                .update();
        assertThat(hub().run("x_repost_watcher")).isEqualTo("failed");
        assertThat(headlines("intel")).hasSize(2);
        assertThat(hub().count("select count(*) from feedhub.seen")).isEqualTo(2);
        assertThat(hub().count("select parked from feedhub.occurrence")).isEqualTo(1);
        hub().database()
                .sql("alter table x_posts drop constraint x_posts_id_check")
                .update();
        assertThat(hub().run("x_repost_watcher")).isEqualTo("done");
        assertThat(headlines("intel")).hasSize(3);
    }
}
