package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is often written wrong is said with what to write. */
class RemedyTest {
    private static final String NAME = "routes/infrastructure/heartbeat_pulse.yaml";
    private static final String CRON = "cron: \"0 0/2 * * * ?\"";

    private static Checker checker;
    private static String good = "";

    @BeforeAll
    static void readTheWorkshop() throws IOException {
        checker = new Checker(WorkingDirectory.here().words());
        good = Files.readString(Path.of(NAME));
    }

    @Test
    void aColonInATextIsInQuotes() {
        assertThat(findings(good.replace("description: \"Tell #infra when", "description: \"Tell: infra when")
                        .replace("changes state\"", "changes state")
                        .replace("\"Tell:", "Tell:")))
                .containsExactly("not YAML: mapping values are not allowed here: put the text in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * * * ?", "*/5 * * * * ?", "*"})
    void aCronThatBeginsWithAStarIsInQuotes(String cron) {
        assertThat(findings(good.replace(CRON, "cron: " + cron)))
                .singleElement()
                .asString()
                .endsWith(": put the cron in quotes");
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 * * * *, write \"0 0 * * * ?\"",
        "0 0 7 1 * *, write \"0 0 7 1 * ?\"",
        "0 0 7 * * MON, write \"0 0 7 ? * MON\"",
        "0 0 7 1 * MON, 'second minute hour day month weekday, such as \"0 0/5 * * * ?\"'"
    })
    void ofDayAndWeekdayOneIsAQuestionMark(String cron, String fix) {
        assertThat(findings(good.replace(CRON, "cron: \"" + cron + "\"")))
                .singleElement()
                .asString()
                .endsWith(": " + fix);
    }

    @Test
    void theTimeZoneIsAnOptionOfTheTrigger() {
        assertThat(findings(good.replace(CRON, CRON + "\n        timeZone: Europe/Berlin")))
                .containsExactly("quartz has no option timeZone: write trigger.timeZone");
    }

    @Test
    void aChannelBehindACommentSignIsWrittenWithoutIt() {
        assertThat(findings(good.replace("channel: infra\n", "channel: #infra\n")))
                .containsExactly("there is no channel: # begins a comment; write infra");
    }

    @Test
    void anExpressionThatDoesNotEndWantsItsBrace() {
        assertThat(findings(good.replace("${body[services]}", "${body[services]")))
                .singleElement()
                .asString()
                .startsWith("simple: ")
                .endsWith(": a } is missing");
    }

    private static List<String> findings(String text) {
        return checker.check(new FlowFile(NAME, text)).stream()
                .map(finding -> finding.reason() + ": " + finding.fix())
                .toList();
    }
}
