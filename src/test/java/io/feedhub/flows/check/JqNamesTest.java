package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "[.[] | select(.name and .status == \"online\") | .name] | {online: tojson}",
                "{id, title, by: \"x\", n: (.a | length), $__loc__}",
                "def f(g; $x): g + $x; f(.a; 1)",
                "reduce .[] as $item (0; . + $item.n)",
                "[.services[] | {name, ok: (.status == \"healthy\"), by: \"NUMU\"}]",
                "if (.a | type) == \"array\" then .a else error(\"nothing like mapp(x)\") end",
                "(var(\"state:f.n\") // 0) + 1",
                "[.[] | {key: .id, value: .name}] | from_entries",
                "try (.a | tonumber) catch 0",
                "(last // {}).changed // null",
                ".a as [$x, {b: $y}] | $x + $y",
                "{(.name): .value}",
                "{a: 1, b: {c, d: [e?]}}",
                "{\"a\": not, b: (.x | not)}",
                "header(\"x\") # mapp",
                "@csv",
                "{ok: true, no: null} | .ok == false",
                "..|numbers",
                "{title: (.x | ascii_downcase), text: ([.points[] | \"• \" + .] | join(\"\\n\"))}"
            })
    void whatIsThereIsKnown(String query) {
        assertThat(JqNames.unknown(query.replace("[e?]", "[.e?]"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mapp(.)|mapp|did you mean map?",
                "[.[] ! select(.status == late)]|late|did you mean last? A text stands in quotes",
                ".at ! todate|todate|a text stands in quotes",
                "{a: lenght}|lenght|did you mean length?",
                "{a: 1, b: (.x ! uppercase)}|uppercase|a text stands in quotes"
            })
    void whatIsNowhereIsNamed(String query, String name, String instead) {
        assertThat(JqNames.unknown(query.replace('!', '|'))).hasValue(name);
        assertThat(JqNames.instead(name)).startsWith(instead);
    }
}
