package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** Tables: a code block with straight columns, cut between rows, and each part with the heading. */
final class Grid {
    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    private Grid(TableBlock table) {
        for (Node section : Markdown.children(table)) {
            for (Node row : Markdown.children(section)) {
                add((TableRow) row);
            }
        }
    }

    static Piece of(TableBlock table) {
        Grid grid = new Grid(table);
        List<String> lines = grid.lines();
        List<String> head = lines.subList(0, 2);
        List<String> body = lines.subList(2, lines.size());
        return new Piece(Code.fenced("", lines), most -> Code.parts("", head, body, most));
    }

    private void add(TableRow row) {
        List<Cell> cells = new ArrayList<>();
        for (Node child : Markdown.children(row)) {
            boolean right = ((TableCell) child).getAlignment() == TableCell.Alignment.RIGHT;
            Cell cell = new Cell(plain(child), right);
            if (cells.size() == widths.size()) {
                widths.add(0);
            }
            widths.set(cells.size(), Math.max(widths.get(cells.size()), cell.width()));
            cells.add(cell);
        }
        rows.add(cells);
    }

    /** Markup does not show in a code block. */
    private static String plain(Node cell) {
        StringBuilder text = new StringBuilder();
        cell.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(org.commonmark.node.Code part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(HtmlInline part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString().strip();
    }

    /** The heading, a rule, and the rows. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>(rows.stream().map(this::line).toList());
        lines.add(1, String.join("  ", widths.stream().map("─"::repeat).toList()));
        return lines;
    }

    private String line(List<Cell> row) {
        List<String> texts = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            texts.add(row.get(column).padded(widths.get(column)));
        }
        return String.join("  ", texts).stripTrailing();
    }

    private record Cell(String text, boolean right) {
        String padded(int columns) {
            String space = " ".repeat(columns - width());
            return right ? space + text : text + space;
        }

        int width() {
            return text.codePoints().map(Cell::width).sum();
        }

        /** Emoji and East Asian characters take two columns, and joiners none. */
        private static int width(int character) {
            return switch (Character.getType(character)) {
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
                default -> Character.isIdeographic(character) || isEmoji(character) ? 2 : 1;
            };
        }

        private static boolean isEmoji(int character) {
            return character >= 0x1F300 && character <= 0x1FAFF;
        }
    }
}
