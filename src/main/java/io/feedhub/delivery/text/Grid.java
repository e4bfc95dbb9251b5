package io.feedhub.delivery.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;

/** Tables: a code block with straight columns, cut between rows, and each part with the heading. */
final class Grid {
    /** What an embed shows in one line on a desktop; a wider line would be broken, and the columns with it. */
    private static final int WIDEST = 56;

    private static final int NARROWEST = 8;

    /** A longer one, an address say, is cut before all other columns are narrow. */
    private static final int LONG_WORD = WIDEST / 2;

    private static final String GAP = "  ";

    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final List<Integer> widestWords = new ArrayList<>();

    private Grid(TableBlock table) {
        for (Node section : Markdown.children(table)) {
            for (Node row : Markdown.children(section)) {
                add(Markdown.children(row).stream()
                        .map(cell -> Cell.of((TableCell) cell))
                        .toList());
            }
        }
        narrow();
    }

    static Piece of(TableBlock table) {
        Grid grid = new Grid(table);
        List<String> rows = new ArrayList<>(grid.rows.stream().map(grid::shown).toList());
        rows.add(1, String.join(GAP, grid.widths.stream().map("─"::repeat).toList()));
        List<String> head = rows.subList(0, 2);
        List<String> body = rows.subList(2, rows.size());
        return new Piece(Code.fenced("", rows), most -> Code.parts("", head, body, most));
    }

    private void add(List<Cell> row) {
        for (int column = 0; column < row.size(); column++) {
            if (column == widths.size()) {
                widths.add(0);
                widestWords.add(NARROWEST);
            }
            widths.set(column, Math.max(widths.get(column), row.get(column).width()));
            int word = Math.min(row.get(column).widestWord(), LONG_WORD);
            widestWords.set(column, Math.max(widestWords.get(column), word));
        }
        rows.add(row);
    }

    /** Takes from the widest columns what is too much; their cells go on in the next line, words are cut only at last. */
    private void narrow() {
        int gaps = GAP.length() * (widths.size() - 1);
        int tooMuch = widths.stream().mapToInt(Integer::intValue).sum() + gaps - WIDEST;
        while (tooMuch > 0) {
            int widest = widestOver(widestWords);
            widest = widest < 0 ? widestOver(Collections.nCopies(widths.size(), NARROWEST)) : widest;
            if (widest < 0) {
                return;
            }
            widths.set(widest, widths.get(widest) - 1);
            tooMuch--;
        }
    }

    /** The widest column of those that are wider than they must be; -1 when there is none. */
    private int widestOver(List<Integer> least) {
        return IntStream.range(0, widths.size())
                .filter(column -> widths.get(column) > least.get(column))
                .boxed()
                .max(Comparator.comparing(widths::get))
                .orElse(-1);
    }

    /** A row: one line, or as many as its longest cell needs. */
    private String shown(List<Cell> row) {
        List<List<String>> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            cells.add(row.get(column).lines(widths.get(column)));
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            lines.add(line(cells, line));
        }
        return String.join("\n", lines);
    }

    private String line(List<List<String>> cells, int line) {
        List<String> parts = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            List<String> cell = cells.get(column);
            parts.add(line < cell.size() ? cell.get(line) : " ".repeat(widths.get(column)));
        }
        return String.join(GAP, parts).stripTrailing();
    }
}
