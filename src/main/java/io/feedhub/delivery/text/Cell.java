package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Text;

/**
 * What stands in one place of a table.
 *
 * @param text without markup, since it does not show in a code block
 * @param right whether it is pushed to the right
 */
record Cell(String text, boolean right) {

    static Cell of(TableCell cell) {
        StringBuilder text = new StringBuilder();
        cell.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }

            /** A code block has no links: where one leads stands behind its text. */
            @Override
            public void visit(Link link) {
                int begin = text.length();
                visitChildren(link);
                if (!text.substring(begin).equals(link.getDestination())) {
                    text.append(' ').append(link.getDestination());
                }
            }

            @Override
            public void visit(HtmlInline part) {
                text.append(part.getLiteral());
            }
        });
        return new Cell(text.toString().strip(), cell.getAlignment() == TableCell.Alignment.RIGHT);
    }

    int width() {
        return Columns.of(text);
    }

    int widestWord() {
        return Stream.of(text.split(" +")).mapToInt(Columns::of).max().orElse(0);
    }

    /** The text in lines as wide as its column, broken between words, or inside a word that is wider. */
    List<String> lines(int columns) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" +")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (Columns.of(longer) > columns) {
                List<String> parts = Prose.graphemes(word, columns, Columns::of);
                if (!line.isEmpty()) {
                    lines.add(line);
                }
                lines.addAll(parts.subList(0, parts.size() - 1));
                line = parts.get(parts.size() - 1);
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines.stream().map(part -> padded(part, columns)).toList();
    }

    private String padded(String part, int columns) {
        String space = " ".repeat(Math.max(0, columns - Columns.of(part)));
        return right ? space + part : part + space;
    }
}
