package io.feedhub.delivery.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void aShortTextIsOnePageAndStaysAsItIs() {
        String text = "# Title\n\nA *word* and a\nline break.\n\n- one\n- two\n\n> quoted";
        assertThat(Markdown.pages(text, 200)).containsExactly(text);
        assertThat(Markdown.pages("  \n\n", 200)).isEmpty();
    }

    @Test
    void aTextIsCutBetweenParagraphs() {
        String first = "First paragraph. ".repeat(5).strip();
        String second = "Second paragraph. ".repeat(5).strip();
        assertThat(Markdown.pages(first + "\n\n" + second, 120)).containsExactly(first, second);
    }

    @Test
    void aHeadingStaysWithWhatFollows() {
        String before = "Before. ".repeat(10).strip();
        String after = "After. ".repeat(10).strip();
        assertThat(Markdown.pages(before + "\n\n## Next\n" + after, 100)).containsExactly(before, "## Next\n" + after);
        String code = "```\n" + "line\n".repeat(30) + "```";
        assertThat(Markdown.pages(before + "\n\n## Next\n" + code, 100).get(1)).startsWith("## Next\n```\nline");
    }

    @Test
    void aLongParagraphIsCutBehindASentence() {
        String text = IntStream.range(0, 20)
                .mapToObj(n -> "Sentence number " + n + " ends here.")
                .collect(Collectors.joining(" "));
        List<String> pages = Markdown.pages(text, 120);
        assertThat(pages).allMatch(page -> page.endsWith("."));
        assertThat(String.join(" ", pages)).isEqualTo(text);
    }

    @Test
    void emphasisLinksAndCodeStayWhole() {
        for (String kept : List.of(
                "**bold words that belong together**",
                "[a link of several words](https://example.test/a)",
                "`code of several words in a line`",
                "||a spoiler of several words here||")) {
            String text = "word ".repeat(18) + kept + " word".repeat(18);
            assertThat(Markdown.pages(text, 100)).as(kept).anyMatch(page -> page.contains(kept));
        }
    }

    @Test
    void aCodeBlockThatFitsIsNotCut() {
        String code = "```java\nint a = 1;\n\nint b = 2;\n```";
        assertThat(Markdown.pages("x".repeat(90) + "\n\n" + code, 100)).containsExactly("x".repeat(90), code);
    }

    @Test
    void aLongCodeBlockIsCutBetweenLinesAndEachPartIsFenced() {
        String code = IntStream.range(0, 40).mapToObj(n -> "line " + n).collect(Collectors.joining("\n"));
        List<String> pages = Markdown.pages("````sh\n" + code + "\n````", 120);
        assertThat(pages).hasSizeGreaterThan(2).allSatisfy(page -> {
            assertThat(page).startsWith("```sh\n").endsWith("\n```");
            assertThat(page.length()).isLessThanOrEqualTo(120);
        });
        assertThat(pages.stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("line"))
                        .collect(Collectors.joining("\n")))
                .isEqualTo(code);
    }

    @Test
    void aFenceInsideALongerOneEndsNothing() {
        List<String> pages = Markdown.pages("````md\nbefore\n```\ninside\n```\nafter\n````", 100);
        assertThat(pages).hasSize(1).allSatisfy(page -> assertThat(page.split("```", -1))
                .as("one block")
                .hasSize(3));
    }

    @Test
    void anEmojiCountsOnce() {
        assertThat(Markdown.pages("🦊 ".repeat(100).strip(), 100).get(0))
                .isEqualTo("🦊 ".repeat(50).strip());
    }

    @Test
    void aFenceThatIsNeverClosedIsClosed() {
        assertThat(Markdown.pages("before\n```\ncode", 100)).containsExactly("before\n```\ncode\n```");
    }

    @Test
    void aTableBecomesACodeBlockWithStraightColumns() {
        assertThat(Markdown.pages("| Name | Views |\n|---|---:|\n| a **b** | 1 |\n| 日本 | 1234 |", 200))
                .containsExactly("```\nName  Views\n────  ─────\na b       1\n日本   1234\n```");
    }

    @Test
    void aLinkInATableKeepsItsAddress() {
        String table = "| Video | Page |\n|---|---|\n| [mine](https://a.example/x) | <https://b.example> |";
        assertThat(Markdown.pages(table, 200).get(0)).contains("mine https://a.example/x  https://b.example");
    }

    @Test
    void theColumnsBehindAnEmojiAreStraightWhateverItIsMadeOf() {
        List<String> twoWide = List.of("✅", "⚠️", "🟢", "👍🏽", "👩‍👩‍👧‍👦", "🇪🇬", "1️⃣", "日", "ミ", "한", "ab");
        String rows = twoWide.stream().map(cell -> "| " + cell + " | x |").collect(Collectors.joining("\n"));
        String page = Markdown.pages("| a | b |\n|---|---|\n" + rows, 1000).get(0);
        assertThat(page.lines().skip(3).limit(twoWide.size()))
                .containsExactlyElementsOf(
                        twoWide.stream().map(cell -> cell + "  x").toList());
    }

    @Test
    void aLongTableIsCutBetweenRowsAndEachPartHasItsHeading() {
        String rows = IntStream.range(0, 300)
                .mapToObj(n -> "| item " + n + " | " + n * 7 + " |")
                .collect(Collectors.joining("\n"));
        List<String> pages = Markdown.pages("| Item | Count |\n|---|---|\n" + rows, 4096);
        assertThat(pages).hasSizeGreaterThan(1).allSatisfy(page -> assertThat(page)
                .startsWith("```\nItem      Count\n────────  ─────\nitem ")
                .endsWith("\n```"));
        assertThat(pages.stream().flatMap(String::lines).filter(line -> line.startsWith("item")))
                .hasSize(300);
    }

    @Test
    void aTableThatIsTooWideGoesOnInTheNextLineOfItsColumn() {
        String table = "| Id | What happened | ms |\n|---|---|---:|\n| 1 | " + "very long words ".repeat(5)
                + "end 🦊 | 12 |\n| 2 | " + "x".repeat(60) + " | 7 |";
        String page = Markdown.pages(table, 4096).get(0);
        assertThat(page.lines().skip(1))
                .containsExactly(
                        "Id  What happened                                     ms",
                        "──  ────────────────────────────────────────────────  ──",
                        "1   very long words very long words very long words   12",
                        "    very long words very long words end 🦊",
                        "2   " + "x".repeat(48) + "   7",
                        "    " + "x".repeat(12),
                        "```");
    }

    @Test
    void aNarrowColumnKeepsItsWordsAsLongAsAnotherCanGiveWay() {
        String name = "name-without-a-space";
        String table = "| From | To | Note |\n|---|---|---|\n| " + name + " | " + name
                + " | many short words that may go on below |";
        assertThat(Markdown.pages(table, 4096).get(0)).contains(name + "  " + name + "  many short");
    }

    @Test
    void aRowOfSeveralLinesStaysOnItsPage() {
        String rows = IntStream.range(0, 60)
                .mapToObj(n -> "| begin" + n + " | " + "word ".repeat(30) + "end" + n + " |")
                .collect(Collectors.joining("\n"));
        List<String> pages = Markdown.pages("| a | b |\n|---|---|\n" + rows, 1000);
        assertThat(pages).hasSizeGreaterThan(3).allSatisfy(page -> assertThat(count(page, "begin\\d"))
                .isEqualTo(count(page, "end\\d")));
    }

    private static long count(String page, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(page).results().count();
    }

    @Test
    void anEmojiOfSeveralCodePointsIsNotTakenApart() {
        String family = "👩‍👩‍👧‍👦";
        List<String> pages = Markdown.pages(family.repeat(60), 100);
        assertThat(pages)
                .allSatisfy(page -> assertThat(page.replace(family, "")).isEmpty());
    }

    @Test
    void aLongListIsCutBetweenItems() {
        String list = IntStream.range(0, 30)
                .mapToObj(n -> "- item " + n + "\n  goes on")
                .collect(Collectors.joining("\n"));
        List<String> pages = Markdown.pages(list, 100);
        assertThat(pages)
                .allSatisfy(page -> assertThat(page).startsWith("- item").endsWith("goes on"));
        assertThat(String.join("\n", pages)).isEqualTo(list);
    }

    @Test
    void aLongQuoteStaysAQuote() {
        assertThat(Markdown.pages("> " + "word ".repeat(60), 100))
                .hasSizeGreaterThan(2)
                .allSatisfy(page -> assertThat(page).startsWith("> "));
    }

    @Test
    void whateverTheTextEachPageIsWholeAndNothingIsLost() {
        Random random = new Random(6);
        for (int round = 0; round < 300; round++) {
            String text = randomText(random);
            int most = 100 + random.nextInt(400);
            List<String> pages = Markdown.pages(text, most);
            assertThat(pages).as("of %d for:%n%s", most, text).allSatisfy(page -> {
                assertThat(page.codePointCount(0, page.length())).isLessThanOrEqualTo(most);
                assertThat(page.split("```", -1).length % 2)
                        .as("fences are in pairs")
                        .isEqualTo(1);
                assertThat(page.split("\\*\\*", -1).length % 2)
                        .as("asterisks are in pairs")
                        .isEqualTo(1);
                assertThat(page.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
                        .isTrue();
            });
            assertThat(numbers(String.join(" ", pages))).isEqualTo(numbers(text));
        }
    }

    /** Every word has a number, so that one that is lost, or moved, shows. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int[] number = {1000};
        int blocks = 1 + random.nextInt(8);
        for (int block = 0; block < blocks; block++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append("## ").append(words(random, number, 3)).append("\n\n");
                case 1 -> text.append("```\n").append(lines(random, number, "")).append("\n```\n\n");
                case 2 -> text.append(lines(random, number, "- ")).append("\n\n");
                case 3 ->
                    text.append("| a | b |\n|---|---|\n")
                            .append(lines(random, number, "| x | ").replace("\n", " |\n"))
                            .append(" |\n\n");
                case 4 -> text.append("> ").append(words(random, number, 30)).append("\n\n");
                default ->
                    text.append(words(random, number, 5 + random.nextInt(120))).append("\n\n");
            }
        }
        return text.toString();
    }

    private static String lines(Random random, int[] number, String begin) {
        return IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(line -> begin + "w" + number[0]++ + " 👍🏽")
                .collect(Collectors.joining("\n"));
    }

    private static String words(Random random, int[] number, int count) {
        return IntStream.range(0, count)
                .mapToObj(word -> switch (random.nextInt(8)) {
                    case 0 -> "**w" + number[0]++ + " w" + number[0]++ + "**";
                    case 1 -> "`w" + number[0]++ + "`";
                    case 2 -> "w" + number[0]++ + ".";
                    case 3 -> "😀w" + number[0]++;
                    default -> "w" + number[0]++;
                })
                .collect(Collectors.joining(" "));
    }

    private static List<String> numbers(String text) {
        return java.util.regex.Pattern.compile("w\\d{4}")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .toList();
    }
}
