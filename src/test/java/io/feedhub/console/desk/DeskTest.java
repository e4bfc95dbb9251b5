package io.feedhub.console.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.feedhub.RunningHub;
import io.feedhub.delivery.Notices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The desk as people have it: a real browser on a running hub. Each test leaves a screenshot in target/screenshots. */
class DeskTest {
    private static final String FLOW = "heartbeat_pulse";
    private static final String PAGE = "/flows/" + FLOW;

    @TempDir
    private static Path folder;

    private static RunningHub hub;
    private static Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        String missing = Chromium.missing();
        if (!missing.isEmpty()) {
            System.err.println("DeskTest " + missing);
        }
        assumeTrue(missing.isEmpty(), missing);
        Path routes = folder.resolve("routes");
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        hub = new RunningHub(
                routes,
                Map.of(
                        "feedhub.beans",
                        folder.resolve("beans").toString(),
                        "feedhub.users[1].name",
                        "vera",
                        "feedhub.users[1].password",
                        RunningHub.hash("looks"),
                        "feedhub.users[1].role",
                        "viewer"));
        browser = new Chromium(hub.address());
        browser.signIn("admin", "secret");
    }

    @AfterAll
    static void stop() {
        if (hub != null) {
            browser.close();
            hub.close();
        }
    }

    /** Neither a script failed, nor did the page's policy refuse anything. */
    @AfterEach
    void theBrowserDidNotComplain() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aFlowIsPausedAndResumedAndBothAreOnRecord() {
        browser.open("/");
        browser.awaitText("#flow-" + "routes\\/infrastructure\\/heartbeat_pulse\\.yaml", "every 2 minutes");
        browser.click("#pause-" + FLOW);
        browser.find("#resume-" + FLOW);
        browser.screenshot("paused");
        assertThat(hub.get("/api/flows/" + FLOW).path("state").asText()).isEqualTo("paused");
        browser.click("#resume-" + FLOW);
        browser.find("#pause-" + FLOW);
        browser.open("/audit");
        browser.awaitText("tbody tr:nth-child(1)", "flow.resume");
        browser.awaitText("tbody tr:nth-child(2)", "flow.pause");
        browser.awaitText("tbody tr:nth-child(2)", "desk");
        browser.screenshot("audit");
    }

    @Test
    void aMistakeIsShownAtItsLineAndAnEditGoesLiveAfterItsDifferenceWasSeen() {
        browser.open(PAGE + "/edit");
        String good = browser.read();
        browser.write(good.replaceFirst("uri: sql\n", "uri: sqll\n"));
        int line = 1 + good.lines().map(String::strip).toList().indexOf("uri: sql");
        browser.awaitText("#findings", "line " + line + ": unknown component sqll");
        assertThat(browser.find(".CodeMirror-lint-marker").isDisplayed()).isTrue();
        browser.screenshot("finding");

        browser.write(good.replace("Tell #infra when", "Say in #infra when"));
        browser.awaitText("#findings", "No findings.");
        browser.click("#look");
        browser.awaitText(".diff .added", "Say in #infra when");
        browser.awaitText(".diff .removed", "Tell #infra when");
        browser.screenshot("diff");
        int before = revision();
        browser.click("#save");
        browser.awaitPath(PAGE);
        browser.awaitText("h1 + p", "Say in #infra when");
        assertThat(revision()).isEqualTo(before + 1);

        String done = "select count(*) from feedhub.occurrence where flow = '" + FLOW + "' and outcome = 'done'";
        long ran = hub.count(done);
        browser.click("#run-" + FLOW);
        Awaitility.await().until(() -> hub.count(done) > ran);
        browser.open(PAGE);
        browser.awaitText(".cards", "done");
        browser.screenshot("flow");

        browser.click("#rollback-" + before);
        browser.click("#sure button[value=yes]");
        browser.awaitText("h1 + p", "Tell #infra when");
        assertThat(revision()).isEqualTo(before + 2);
    }

    @Test
    void aParkedMessageIsRetried() {
        hub.awaitDeliveries(); // so that no other message meets the mood
        hub.standIns().discord().moods().refuseForms(true);
        hub.bean(Notices.class).post("ops", "not a good form", "", "info");
        Awaitility.await().until(() -> hub.count("select count(*) from feedhub.outgoing where state = 'parked'") == 1);
        hub.standIns().discord().moods().refuseForms(false);
        browser.open("/deliveries?state=parked");
        browser.screenshot("parked");
        browser.click("[id^=retry-]");
        Awaitility.await()
                .until(() ->
                        hub.count("select count(*) from feedhub.outgoing where state = 'delivered' and attempts = 2"
                                        + " and payload::text like '%not a good form%'")
                                == 1);
        browser.open("/deliveries");
        browser.awaitText("tbody tr", "delivered");
    }

    @Test
    void everyPageIsReadableInTheDarkAndOnAPhone() {
        hub.run(FLOW);
        long run = hub.get("/api/runs?flow=" + FLOW).at("/items/0/id").asLong();
        List<String> pages = List.of(
                "/",
                PAGE,
                PAGE + "/edit",
                "/files/_shared/errors",
                "/runs",
                "/runs/" + run,
                "/deliveries",
                "/nodes",
                "/audit",
                "/search?q=pulse");
        for (String page : pages) {
            String name = page.equals("/") ? "flows" : page.substring(1).replaceAll("\\W", "-");
            browser.look(1360, 900, "light");
            browser.open(page);
            browser.find("#live");
            browser.screenshot(name + "-light");
            browser.look(1360, 900, "dark");
            browser.screenshot(name + "-dark");
            browser.look(390, 844, "light");
            browser.screenshot(name + "-phone");
            assertThat(browser.ask("return document.documentElement.scrollWidth <= 390"))
                    .as(page + " fits a phone")
                    .isEqualTo(true);
            assertThat(browser.ask("return [...document.querySelectorAll('.bar nav a')]"
                            + ".every(entry => entry.getBoundingClientRect().right <= 390)"))
                    .as("the whole menu fits a phone")
                    .isEqualTo(true);
        }
        browser.look(1360, 900, "light");
    }

    @Test
    void aFlowIsWrittenAndDeleted() {
        String flow = "good_evening";
        browser.open("/");
        browser.find("#name").sendKeys(flow);
        browser.click(".new button");
        browser.awaitPath("/flows/" + flow + "/edit");
        browser.awaitText("#findings", "line");
        browser.screenshot("new");
        browser.write(browser.read()
                .replace("description:", "description: Say good evening")
                .replace("reads", "reads  nothing")
                .replace("title:", "title: Good evening"));
        browser.awaitText("#findings", "No findings.");
        browser.click("#look");
        browser.click("#save");
        browser.awaitPath("/flows/" + flow);
        browser.awaitText("h1", flow);
        browser.click(".title a.button");
        browser.click("#delete");
        browser.click("#sure button[value=yes]");
        browser.awaitPath("/");
        assertThat(hub.send("GET", "/api/flows/" + flow, true).statusCode()).isEqualTo(404);
        assertThat(folder.resolve("routes/operations/" + flow + ".yaml")).doesNotExist();
        assertThat(hub.get("/api/audit?action=flow.delete")
                        .at("/items/0/subject")
                        .asText())
                .isEqualTo(flow);
        browser.open("/flows/" + flow);
        browser.awaitText(".notice", "by admin");
        browser.screenshot("deleted");
    }

    @Test
    void whatFlowsShareIsEditedLikeAFlow() {
        browser.open("/");
        browser.click("a[href='/files/_shared/errors']");
        browser.awaitText("h1", "routes/_shared/errors.yaml");
        browser.awaitText(".users", FLOW);
        browser.click(".title a.button");
        String good = browser.read();
        browser.write(good.replaceFirst("maximumRedeliveries: 2", "maximumRedeliveriess: 2"));
        browser.awaitText("#findings", "line");
        browser.write(good.replaceFirst("maximumRedeliveries: 2", "maximumRedeliveries: 3"));
        browser.awaitText("#findings", "No findings.");
        browser.click("#look");
        browser.awaitText(".diff .added", "maximumRedeliveries: 3");
        browser.click("#save");
        browser.awaitPath("/files/_shared/errors");
        browser.awaitText(".file", "maximumRedeliveries: 3");
        browser.screenshot("shared");
        browser.click("#rollback-1");
        browser.click("#sure button[value=yes]");
        browser.awaitText(".file", "maximumRedeliveries: 2");
        assertThat(hub.get("/api/audit?action=file.edit").at("/items/0/subject").asText())
                .isEqualTo("_shared/errors");
    }

    @Test
    void beansAreWrittenFromAnEmptyFile() {
        browser.open("/");
        browser.find("#beans").sendKeys("nightly");
        browser.click("#beans + button");
        browser.awaitPath("/files/beans/nightly/edit");
        browser.awaitText("#findings", "No findings.");
        browser.click("#look");
        browser.click("#save");
        browser.awaitPath("/files/beans/nightly");
        browser.awaitText("aside", "No flow names what is in it.");
        assertThat(folder.resolve("beans/nightly.yaml")).exists();
        browser.click(".title a.button");
        browser.click("#delete");
        browser.click("#sure button[value=yes]");
        browser.awaitPath("/");
        assertThat(folder.resolve("beans/nightly.yaml")).doesNotExist();
    }

    @Test
    void whoSavesSecondSeesWhatTheFirstSaved() {
        String flow = "infra_watchdog";
        browser.open("/flows/" + flow + "/edit");
        String text = browser.read();
        assertThat(hub.put("/api/flows/" + flow, "1", text.replaceFirst("description: .*", "description: Theirs"))
                        .statusCode())
                .isEqualTo(200);
        browser.write(text.replaceFirst("description: .*", "description: Mine"));
        browser.awaitText("#findings", "No findings.");
        browser.click("#look");
        browser.click("#save");
        browser.find("#mine");
        browser.awaitText("#review .removed", "Theirs");
        browser.awaitText("#review .added", "Mine");
        browser.screenshot("conflict");
        assertThat(browser.complaints()).singleElement().asString().contains("409");
        browser.click("#mine");
        browser.awaitPath("/flows/" + flow);
        browser.awaitText("h1 + p", "Mine");
    }

    @Test
    void whoDeletesWhatSomebodyElseChangedIsAskedAgain() {
        String flow = "dream_sync";
        browser.open("/flows/" + flow + "/edit");
        String text = browser.read();
        assertThat(hub.put("/api/flows/" + flow, "1", text.replaceFirst("description: .*", "description: Theirs"))
                        .statusCode())
                .isEqualTo(200);
        delete();
        browser.awaitText("#review", "Revision 2 is live meanwhile. Delete it all the same?");
        browser.screenshot("conflict-of-a-deletion");
        browser.click("#keep");
        assertThat(browser.ask("return document.getElementById('review').textContent"))
                .isEqualTo("");
        assertThat(hub.get("/api/flows/" + flow).path("revision").asInt()).isEqualTo(2);
        delete();
        browser.click("#anyway");
        browser.awaitPath("/");
        assertThat(hub.send("GET", "/api/flows/" + flow, true).statusCode()).isEqualTo(404);
        assertThat(browser.complaints()).hasSize(2).allSatisfy(complaint -> assertThat(complaint)
                .contains("409"));
    }

    private static void delete() {
        browser.click("#delete");
        browser.click("#sure button[value=yes]");
    }

    @Test
    void hawtioLeadsToTheDeskAndBack() {
        browser.look(1360, 900, "light");
        browser.open("/");
        browser.click("nav a[href='/hawtio']");
        browser.click("a[href$='/hawtio/desk']", Duration.ofSeconds(90)); // its scripts are large
        browser.awaitPath("/");
        browser.find("#live");
        browser.complaints(); // Hawtio's own
    }

    @Test
    void aFlowIsFoundByWhatIsInItsFile() {
        browser.open("/search?q=service_health");
        browser.awaitText(".hits", FLOW);
    }

    @Test
    void aViewerSeesNoSwitches() {
        try (Chromium other = new Chromium(hub.address())) {
            other.signIn("vera", "looks");
            other.open(PAGE);
            other.awaitText("h1", FLOW);
            assertThat(other.ask("return document.querySelectorAll('[hx-post]').length"))
                    .isEqualTo(0L);
            assertThat(other.ask("return document.querySelectorAll('a[href=\"/audit\"]').length"))
                    .isEqualTo(0L);
        }
    }

    private static int revision() {
        return hub.get("/api/flows/" + FLOW).path("revision").asInt();
    }
}
