package io.feedhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TableTest {
    private static final int WIDTH = 100;

    @Test
    void noLineIsWiderThanTheTerminalAndTheNarrowColumnsStayWhole() {
        List<String> lines = print(Ansi.OFF, "failed", "x".repeat(300)).lines().toList();
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
        assertThat(lines.get(1)).startsWith("failed").endsWith("…");
    }

    @Test
    void whereThereIsNoTerminalNothingIsCut() {
        StringWriter text = new StringWriter();
        Table table = new Table(Terminal.width(null, false), "A", "B");
        table.row("failed", "x".repeat(300));
        table.note("word ".repeat(50));
        table.print(new PrintWriter(text), Ansi.OFF);
        assertThat(text.toString()).contains("x".repeat(300));
        assertThat(text.toString().lines().skip(2))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void timesAndSchedulesAreCutAfterWhatOnlyDescribes() {
        StringWriter text = new StringWriter();
        Table table = new Table(60, "FLOW", "DOMAIN", "STATE", "SCHEDULE", "NEXT RUN");
        table.row("heartbeat_pulse", "infrastructure", "running", "0 0/2 * * * ?", "11-24 11:49:16");
        table.print(new PrintWriter(text), Ansi.OFF);
        assertThat(text.toString()).contains("heartbeat_pulse  infra…  running  0 0/2 * * *…  11-24 11:49…");
    }

    @Test
    void whatIsTypedAgainIsNeverCut() {
        StringWriter text = new StringWriter();
        Table table = new Table(WIDTH, "ID", "FLOW", "NODE", "AT");
        table.row("i".repeat(30), "f".repeat(55), "n".repeat(40), "now");
        table.print(new PrintWriter(text), Ansi.OFF);
        assertThat(text.toString()).contains("i".repeat(30) + "  " + "f".repeat(55) + "  nnnnn…  now");
    }

    @Test
    void whatFitsIsNotCut() {
        assertThat(print(Ansi.OFF, "short", "done")).isEqualToNormalizingNewlines("A      B\nshort  done\n");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(print(Ansi.ON, "short", "failed")).contains("\033[31m");
        assertThat(print(Ansi.ON, "up", "silent")).contains("\033[32mup").contains("\033[33msilent");
        assertThat(print(Ansi.OFF, "short", "failed")).doesNotContain("\033");
    }

    @Test
    void nothingThatATerminalObeysIsPrinted() {
        assertThat(print(Ansi.OFF, "a\033[2J\rb", "\u202Edone\u2069"))
                .isEqualToNormalizingNewlines("A        B\na?[2J?b  ?done?\n");
        StringWriter text = new StringWriter();
        Table table = new Table(WIDTH, "A", "B");
        table.note("  one\ntwo\007");
        table.print(new PrintWriter(text), Ansi.OFF);
        assertThat(text.toString()).isEqualToNormalizingNewlines("A  B\n  one\n  two?\n");
        assertThat(Table.text("no flow a\033[2Jb\ntwo")).isEqualToNormalizingNewlines("no flow a?[2Jb\ntwo");
    }

    private static String print(Ansi ansi, String... cells) {
        StringWriter text = new StringWriter();
        Table table = new Table(WIDTH, "A", "B");
        table.row(cells);
        table.print(new PrintWriter(text), ansi);
        return text.toString();
    }
}
