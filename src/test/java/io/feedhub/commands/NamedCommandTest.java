package io.feedhub.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class NamedCommandTest {

    @Test
    void aFreeArgumentStaysOneArgumentBehindADoubleDash() {
        assertThat(command(List.of("-s", "{path}", "-x"), Map.of("path", ".*"), null)
                        .argv(Map.of("path", "a b; $(c)")))
                .containsExactly("/bin/du", "-s", "--", "a b; $(c)", "-x");
    }

    @Test
    void anotherUserIsReachedBySudoThatAsksNothing() {
        assertThat(command(List.of(), Map.of(), "ada").argv(Map.of()))
                .containsExactly("/usr/bin/sudo", "-n", "-u", "ada", "--", "/bin/du");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rf",
                "--help",
                "a\nb",
                "a\rb",
                "a\0b",
                "a\u001bb",
                "\u202etxt.exe",
                "a\u200bb",
                "a\u2028b",
                "\ud800",
                "\ue000",
                "\u00ad"
            })
    void whatLooksOtherThanItIsIsRefusedWhateverThePattern(String value) {
        NamedCommand anything = command(List.of("{path}"), Map.of("path", "(?s).*"), null);
        assertThatThrownBy(() -> anything.argv(Map.of("path", value))).isInstanceOf(CommandRefused.class);
    }

    @Test
    void aValueMustMatchItsPatternAsAWhole() {
        NamedCommand digits = command(List.of("{path}"), Map.of("path", "\\d+"), null);
        assertThat(digits.argv(Map.of("path", 7))).endsWith("7");
        for (Object value : List.of("7a", "", "７", Map.of(), List.of("7"), "7".repeat(9_000))) {
            assertThatThrownBy(() -> digits.argv(Map.of("path", value))).isInstanceOf(CommandRefused.class);
        }
        assertThatThrownBy(() -> digits.argv(Map.of())).hasMessageContaining("is missing");
        assertThatThrownBy(() -> digits.argv(Map.of("path", 7, "more", 8))).hasMessageContaining("there are: path");
    }

    @Test
    void aRoleMayWhatThoseBelowItMayAndSqlOnlyWhereItIsNamed() {
        NamedCommands commands = new NamedCommands(Map.of("du", command(List.of(), Map.of(), null)));
        assertThat(commands.allowed("du", "here", "admin")).isNotNull();
        assertThatThrownBy(() -> commands.allowed("du", "here", "viewer")).hasMessageContaining("it is for: operator");
        assertThatThrownBy(() -> commands.allowed("du", "here", "sql")).hasMessageContaining("it is for: operator");
        assertThatThrownBy(() -> commands.allowed("du", "there", "admin")).hasMessageContaining("it may on: here");
        assertThatThrownBy(() -> commands.allowed("rm", "here", "admin")).hasMessage("no command rm; there are: du");
    }

    @Test
    void aCommandThatIsWrittenWronglyDoesNotStart() {
        assertThatThrownBy(() -> command(List.of("{a}"), Map.of(), null))
                .hasMessageContaining("arguments [a], patterns []");
        assertThatThrownBy(() -> command(List.of(), Map.of("a", "x"), null))
                .hasMessageContaining("arguments [], patterns [a]");
        assertThatThrownBy(() -> command(List.of("--x={a}"), Map.of("a", "x"), null))
                .hasMessageContaining("patterns [a]");
        assertThatThrownBy(() -> command(List.of(), Map.of(), "root; rm")).hasMessageContaining("not a user's name");
        for (DataSize output : List.of(DataSize.ofBytes(0), DataSize.ofMegabytes(17))) {
            assertThatThrownBy(() -> command(List.of(), Map.of(), null, output))
                    .hasMessageContaining("output must be from 1B to 16MB");
        }
    }

    private static NamedCommand command(List<String> arguments, Map<String, String> patterns, @Nullable String user) {
        return command(arguments, patterns, user, DataSize.ofKilobytes(1));
    }

    private static NamedCommand command(
            List<String> arguments, Map<String, String> patterns, @Nullable String user, DataSize output) {
        return new NamedCommand(
                Path.of("/bin/du"),
                arguments,
                patterns,
                "--",
                Duration.ofSeconds(1),
                null,
                user,
                output,
                Set.of("here"),
                Set.of("operator"),
                Set.of(),
                false);
    }
}
