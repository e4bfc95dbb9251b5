package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class ListCommandTest {
    private static final String FINDING =
            """
            [{"file": "routes/ops/one.yaml", "line": 3, "column": 9, "reason": "unknown bean x", "fix": "write y"},
             {"line": 4, "reason": "more than 100 levels", "fix": ""}]""";

    @Test
    void whatIsWrongWithAFlowIsSaidWithItsPlace() throws JsonProcessingException {
        assertThat(printed(new FlowsCommand(), "{\"problems\": " + FINDING + "}"))
                .contains("\n  routes/ops/one.yaml:3:9: unknown bean x; write y\n")
                .contains("\n  4: more than 100 levels\n");
    }

    @Test
    void whatWasWrongWithARevisionIsSaidInTheSameWords() throws JsonProcessingException {
        assertThat(printed(new HistoryCommand(), "{\"findings\": " + FINDING + "}"))
                .contains("\n  routes/ops/one.yaml:3:9: unknown bean x; write y\n")
                .contains("\n  4: more than 100 levels\n");
    }

    @ParameterizedTest
    @CsvSource({"'{\"error\": \"gone\"}', true", "'{\"error\": null}', false", "'{}', false"})
    void whyItWentWrongHasALineOfItsOwn(String run, boolean isSaid) throws JsonProcessingException {
        assertThat(printed(new RunsCommand(), run).contains("\n  gone\n")).isEqualTo(isSaid);
    }

    @Test
    void ofALongerListTheFirstRowsAreLeftAndTheCursorIsTheirs() throws JsonProcessingException {
        ObjectNode list = new ObjectMapper()
                .readValue("{\"items\":[{\"id\":9},{\"id\":7},{\"id\":4}],\"next\":\"4\"}", ObjectNode.class);
        ListCommand.cut(list, 3);
        assertThat(list.path("items")).hasSize(3);
        ListCommand.cut(list, 2);
        assertThat(list).hasToString("{\"items\":[{\"id\":9},{\"id\":7}],\"next\":\"7\"}");
        ObjectNode whole = new ObjectMapper()
                .readValue("{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":null}", ObjectNode.class);
        ListCommand.cut(whole, 1);
        assertThat(whole).as("of no pages").hasToString("{\"items\":[{\"id\":\"a\"}],\"next\":null}");
    }

    private static String printed(ListCommand command, String item) throws JsonProcessingException {
        StringWriter text = new StringWriter();
        Table table = command.table();
        command.row(table, new ObjectMapper().readTree(item));
        table.print(new PrintWriter(text), Ansi.OFF);
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
