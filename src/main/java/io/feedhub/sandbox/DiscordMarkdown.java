package io.feedhub.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.parser.delimiter.DelimiterProcessor;
import org.commonmark.parser.delimiter.DelimiterRun;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as Discord shows it, as HTML that is safe to show: what looks like HTML is text, addresses are http or https, and
 * there are no pictures and no tables. Thread-safe.
 */
final class DiscordMarkdown {
    private static final Parser PARSER = Parser.builder()
            .customDelimiterProcessor(new Pair('~'))
            .customDelimiterProcessor(new Pair('|'))
            .postProcessor(new BareAddresses())
            .build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br>\n")
            .nodeRendererFactory(Discords::new)
            .build();

    private DiscordMarkdown() {}

    static String html(String text) {
        return RENDERER.render(PARSER.parse(text));
    }

    /** Two of a character around a text: ~~struck~~ and ||spoiler||. */
    private static final class Pair implements DelimiterProcessor {
        private final char character;

        Pair(char character) {
            this.character = character;
        }

        @Override
        public char getOpeningCharacter() {
            return character;
        }

        @Override
        public char getClosingCharacter() {
            return character;
        }

        @Override
        public int getMinLength() {
            return 2;
        }

        @Override
        public int process(DelimiterRun opening, DelimiterRun closing) {
            if (opening.length() != 2 || closing.length() != 2) {
                return 0;
            }
            Text first = opening.getOpener();
            Marked marked = new Marked(character == '~' ? "s" : "mark");
            Node inside = first.getNext();
            while (inside != null && inside != closing.getCloser()) {
                Node next = inside.getNext();
                marked.appendChild(inside);
                inside = next;
            }
            first.insertAfter(marked);
            return 2;
        }
    }

    /** A text inside an element that Markdown does not know. */
    private static final class Marked extends CustomNode {
        private final String element;

        Marked(String element) {
            this.element = element;
        }
    }

    /** What Discord shows in a way of its own. */
    private static final class Discords implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        Discords(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Marked.class, StrongEmphasis.class, Image.class);
        }

        @Override
        public void render(Node node) {
            String element = element(node);
            context.getWriter().tag(element);
            children(node).forEach(context::render);
            context.getWriter().tag("/" + element);
        }

        private static String element(Node node) {
            if (node instanceof Marked marked) {
                return marked.element;
            }
            if (node instanceof StrongEmphasis strong) {
                return "__".equals(strong.getOpeningDelimiter()) ? "u" : "strong";
            }
            return "span"; // a picture's description
        }

        private static List<Node> children(Node node) {
            List<Node> children = new ArrayList<>();
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                children.add(child);
            }
            return children;
        }
    }
}
