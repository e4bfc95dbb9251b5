package io.feedhub.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
                "\"\\(.name // \"unknown\") of \\(.n)\"",
                "\"\\(if .up then \"up (now)\" else \"down \\(.since)\" end) of \\(.n)\"",
                "{ # what is shown, mapp(.)\n id, # first\n name }",
                ".ms / 1e3 * 10E6 - 1.5e-3 + 2",
                "pick(.id, .name)",
                "limit(3; .[]) , getpath([\"a\"]) , ltrimstr(\"x\")",
                "label $out | foreach .[] as $i (0; . + $i; if . > 3 then ., break $out else . end)",
                "def f: def g: 1; g; f",
                ".a? // .b.c?[0] | .[\"mapp\"]?",
                ". as [$a] ?// $a | $a",
                "{if: 1, then: 2, \"a b\": 3, (\"k\" + \"l\"): 4, $__loc__}",
                "@base64 \"x\\(.y)\" | @json",
                "try error(\"\\($__loc__)\") catch .",
                "[paths(type == \"number\")] | add / length | floor | sqrt",
                ".[2:4] | map(select(test(\"^a\"; \"i\"))) | sort_by(.x) | group_by(.y) | unique_by(.z)",
                "{title: (.x | ascii_downcase), text: ([.points[] | \"• \" + .] | join(\"\\n\"))}"
            })
    void whatIsThereIsKnown(String query) {
        assertThat(JqNames.unknown(query.replace("[e?]", "[.e?]"))).isEmpty();
    }

    @Test
    void aLongTextIsRead() {
        assertThat(JqNames.unknown("\"" + "long ".repeat(20_000) + "\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mapp(.)|mapp|did you mean map?",
                "[.[] ! select(.status == late)]|late|did you mean last? A text stands in quotes",
                ".at ! todate|todate|a text stands in quotes",
                "{a: lenght}|lenght|did you mean length?",
                "\"\\(.a ! mapp(.))\"|mapp|did you mean map?",
                "{a: 1, b: (.x ! uppercase)}|uppercase|a text stands in quotes"
            })
    void whatIsNowhereIsNamed(String query, String name, String instead) {
        assertThat(JqNames.unknown(query.replace('!', '|'))).hasValue(name);
        assertThat(JqNames.instead(name)).startsWith(instead);
    }
}
