package io.feedhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiscordMarkdownTest {

    @Test
    void showsWhatDiscordShows() {
        assertThat(html("**bold** __under__ *it* ~~gone~~ ||hidden|| `code`"))
                .isEqualTo(
                        "<p><strong>bold</strong> <u>under</u> <em>it</em> <s>gone</s> <mark>hidden</mark> <code>code</code></p>");
        assertThat(html("one\ntwo")).isEqualTo("<p>one<br>\ntwo</p>");
        assertThat(html("| a |\n|---|\n| b |")).as("Discord knows no tables").doesNotContain("<table");
    }

    @Test
    void aBareAddressIsALinkWithoutTheStopBehindIt() {
        assertThat(html("See https://example.test/a."))
                .isEqualTo(
                        "<p>See <a rel=\"nofollow\" href=\"https://example.test/a\">https://example.test/a</a>.</p>");
    }

    @Test
    void nothingThatIsPostedRunsOrLoads() {
        assertThat(html("<script>alert(1)</script>\n\n<b> <img src=x onerror=alert(1)>"))
                .doesNotContain("<script")
                .doesNotContain("<b>")
                .doesNotContain("<img");
        assertThat(html("[x](javascript:alert(1)) ![y](http://evil.test/p.png)"))
                .isEqualTo("<p><a rel=\"nofollow\" href=\"\">x</a> <span>y</span></p>");
    }

    private static String html(String text) {
        return DiscordMarkdown.html(text).strip();
    }
}
