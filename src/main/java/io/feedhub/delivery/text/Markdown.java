package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Cuts Markdown into pages as Discord shows it. Paragraphs, lists, tables and code blocks stay whole where they fit on a
 * page, and a heading stays with what follows; what is longer is cut between lines, rows, items or sentences, and each part is good Markdown of its own. Discord
 * knows no tables: they become code blocks with straight columns. Lengths are in code points. Thread-safe.
 */
public final class Markdown {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private static final String QUOTE = "> ";

    private Markdown() {}

    /**
     * Cuts a text.
     *
     * @param text Markdown
     * @param most how long a page may be, in code points; at least 100
     * @return the pages in order; none when the text is blank
     */
    public static List<String> pages(String text, int most) {
        String source = text.replace("\r\n", "\n");
        Pager pager = new Pager(most);
        List<Node> blocks = children(PARSER.parse(source));
        String heading = "";
        String above = "";
        for (int i = 0; i < blocks.size(); i++) {
            boolean last = i + 1 == blocks.size();
            int begin = i == 0 ? 0 : start(blocks.get(i));
            int end = last ? source.length() : start(blocks.get(i + 1));
            Piece piece = piece(blocks.get(i), source, begin, end);
            String gap = gap(source, begin);
            above = heading.isEmpty() ? gap : above;
            if (blocks.get(i) instanceof Heading && !last && Pager.length(heading + piece.text()) < most / 2) {
                heading += piece.text() + gap(source, end);
            } else {
                pager.add(piece.under(heading), above);
                heading = "";
            }
        }
        return pager.pages();
    }

    private static Piece piece(Node block, String source, int begin, int end) {
        String text = source.substring(begin, end).stripTrailing();
        if (block instanceof FencedCodeBlock code) {
            return Code.of(code.getInfo(), code.getLiteral());
        }
        if (block instanceof IndentedCodeBlock code) {
            return Code.of("", code.getLiteral());
        }
        if (block instanceof TableBlock table) {
            return Grid.of(table);
        }
        if (block instanceof ListBlock) {
            return new Piece(text, most -> items(block, source, end, most));
        }
        if (block instanceof BlockQuote) {
            return new Piece(text, most -> Prose.cut(text, Spans.unbroken(block, begin), most - QUOTE.length()).stream()
                    .map(part -> part.startsWith(">") ? part : QUOTE + part)
                    .toList());
        }
        return new Piece(text, most -> Prose.cut(text, Spans.unbroken(block, begin), most));
    }

    private static List<String> items(Node list, String source, int end, int most) {
        Pager pager = new Pager(most);
        List<Node> items = children(list);
        for (int i = 0; i < items.size(); i++) {
            int begin = start(items.get(i));
            int until = i + 1 < items.size() ? start(items.get(i + 1)) : end;
            String item = source.substring(begin, until).stripTrailing();
            Node node = items.get(i);
            pager.add(new Piece(item, limit -> Prose.cut(item, Spans.unbroken(node, begin), limit)), "\n");
        }
        return pager.pages();
    }

    /** The line breaks in front of a block, at most one empty line. */
    private static String gap(String source, int begin) {
        return begin >= 2 && source.startsWith("\n\n", begin - 2) ? "\n\n" : "\n";
    }

    private static int start(Node block) {
        return block.getSourceSpans().get(0).getInputIndex();
    }

    static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }
}
