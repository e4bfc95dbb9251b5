package io.feedhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedhub.database.AfterTransaction;
import io.feedhub.flows.Edits;
import io.feedhub.flows.check.FlowFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** Edits over the API, each from the revision before. */
class RevisionsTest {
    private static final String FLOW = "/api/flows/heartbeat_pulse";

    @TempDir
    private static Path folder;

    private static String good = "";
    private static Path file = Path.of("");
    private static RunningHub hub;

    private int base;

    @BeforeAll
    static void start() throws IOException {
        Path original = Path.of("routes/infrastructure/heartbeat_pulse.yaml");
        file = folder.resolve(original);
        good = Files.readString(original);
        Files.createDirectories(file.getParent());
        Files.writeString(file, good);
        hub = new RunningHub(folder.resolve("routes"), Map.of("feedhub.beans", folder.resolve("beans")));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void seeWhatIsLive() {
        base = hub.get(FLOW).path("revision").asInt();
    }

    @Test
    void anEditGoesLiveAndTheFileFollows() throws IOException {
        HttpResponse<String> answer = hub.put(FLOW, "\"" + base + "\"", described("over the API"));
        assertThat(answer.statusCode()).isEqualTo(200);
        int number = json(answer).path("number").asInt();
        assertThat(answer.headers().firstValue("ETag")).contains("\"" + number + "\"");
        assertThat(number).isGreaterThan(base);
        assertThat(hub.get(FLOW).path("description").asText()).isEqualTo("over the API");
        assertThat(Files.readString(file)).contains("description: over the API");
        JsonNode newest = hub.get(FLOW + "/revisions").at("/items/0");
        assertThat(newest.path("author").asText()).isEqualTo("admin");
        assertThat(newest.path("origin").asText()).isEqualTo("api");
        assertThat(newest.path("base").asInt()).isEqualTo(base);
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'flow.edit' and result = 'done'"))
                .isPositive();
    }

    @Test
    void theFileIsKnownForTheNewRevisionAsSoonAsItFollows() {
        List<Long> copies = new ArrayList<>();
        hub.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            FlowFile edited = new FlowFile("routes/infrastructure/heartbeat_pulse.yaml", described("within something"));
            hub.bean(Edits.class).submit(edited, base, "ada");
            AfterTransaction.onCommit(() ->
                    copies.add(hub.count("select revision from feedhub.flow_copy where flow = 'heartbeat_pulse'")));
        });
        assertThat(copies).containsExactly(hub.get(FLOW).path("revision").asLong());
        assertThat(copies.get(0)).isGreaterThan(base);
    }

    /** The comparison of a conflict takes the square of what differs. */
    @Test
    void aFileThatIsTooLargeIsRefusedBeforeItIsCompared() {
        HttpResponse<String> large = hub.put(FLOW, "0", "# line\n".repeat(20_000));
        assertThat(large.statusCode()).as(large.body()).isEqualTo(422);
        assertThat(large.body()).contains("larger than 100 kB");
    }

    @Test
    void theSecondOfTwoEditorsGetsAConflictWithTheDifference() {
        assertThat(hub.put(FLOW, "" + base, described("the first")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> second = hub.put(FLOW, "" + base, described("the second"));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(json(second).path("diff").asText())
                .contains("-    description: the first")
                .contains("+    description: the second");
        assertThat(hub.get(FLOW).path("description").asText()).isEqualTo("the first");
        assertThat(hub.get(FLOW + "/revisions").at("/items/0/state").asText()).isEqualTo("conflict");
    }

    /** Its first edit was refused, say, and is revision 1 all the same. */
    @Test
    void anEditOfWhatNeverWasLiveIsAConflictThatSaysWhatToSend() {
        HttpResponse<String> answer = hub.put("/api/flows/never_was", "1", good);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("detail").asText())
                .isEqualTo("no revision of never_was is live; send If-Match: 0");
    }

    @Test
    void aBadTextIsAnsweredWithItsFindingsAndOneMessage() {
        long before = refusals();
        HttpResponse<String> answer = hub.put(FLOW, "" + base, good.replace("channel: infra,", "channel: infre,"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/findings/0/fix").asText()).isEqualTo("did you mean infra?");
        assertThat(hub.get(FLOW).path("revision").asInt()).isEqualTo(base);
        assertThat(refusals()).isEqualTo(before + 1);
        assertThat(hub.count("select count(*) from feedhub.audit where action = 'flow.edit' and result = 'refused'"))
                .isPositive();
    }

    @Test
    void withoutABaseNothingIsEdited() {
        assertThat(hub.put(FLOW, "", good).statusCode()).isEqualTo(428);
        assertThat(hub.put(FLOW, "yesterday", good).statusCode()).isEqualTo(400);
    }

    @Test
    void aNewFlowGetsAFileInTheFolderOfItsGroup() throws IOException {
        String text = good.replace("heartbeat_pulse", "second_pulse");
        assertThat(hub.put("/api/flows/second_pulse", "0", text).statusCode()).isEqualTo(200);
        assertThat(Files.readString(file.resolveSibling("second_pulse.yaml"))).isEqualTo(text);
        assertThat(hub.run("second_pulse")).isEqualTo("done");
    }

    @Test
    void aRollbackIsANewRevisionWithTheOldContent() {
        hub.put(FLOW, "" + base, described("a mistake"));
        HttpResponse<String> answer = hub.send("POST", FLOW + "/rollback?to=" + base, true);
        assertThat(answer.statusCode()).isEqualTo(200);
        int number = json(answer).path("number").asInt();
        assertThat(number).isGreaterThan(base + 1);
        assertThat(hub.get(FLOW + "/revisions/" + number + "/diff?from=" + base)
                        .path("diff")
                        .asText())
                .isEmpty();
        assertThat(hub.get(FLOW + "/revisions/" + number).path("origin").asText())
                .isEqualTo("rollback");
        assertThat(hub.post(FLOW + "/rollback?to=9999")).isEqualTo(404);
    }

    @Test
    void aFileEditedFromAnOldRevisionIsAConflictAndStaysAsItIs() throws IOException {
        String old = Files.readString(file);
        hub.database()
                .sql("update feedhub.flow_copy set revision = 0")
                .update(); // as if this node had slept while another revision went live
        hub.put(FLOW, "" + base, described("from elsewhere"));
        String mine = old.replaceFirst("description: .*", "description: mine");
        Files.writeString(file, mine);
        // after it: what the hub wrote itself may still be looked at, and would be found to be the newest
        hub.database().sql("update feedhub.flow_copy set revision = 1").update();
        Awaitility.await().until(() -> hub.get(FLOW).path("problems").toString().contains("edited from revision 1"));
        assertThat(hub.get(FLOW).path("description").asText()).isEqualTo("from elsewhere");
        assertThat(Files.readString(file)).isEqualTo(mine);
        Files.writeString(file, mine.replace("description: mine", "description: merged"));
        Awaitility.await()
                .until(() -> hub.get(FLOW).path("description").asText().equals("merged"));
        Awaitility.await().until(() -> hub.get(FLOW).path("problems").isEmpty());
    }

    /** How often it was said. */
    private static long refusals() {
        hub.awaitDeliveries();
        return hub.standIns().discord().messages("ops").stream()
                .filter(message -> message.toString().contains("The edit of heartbeat_pulse by admin is not live"))
                .count();
    }

    private static String described(String description) {
        return good.replaceFirst("description: .*", "description: " + description);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
