package io.feedhub.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table as narrow as its contents, without a frame, for a terminal. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A line of its own below the last row, outside the columns. */
    void note(String text) {
        rows.add(List.of(text));
    }

    void print(PrintWriter out) {
        for (List<String> row : rows) {
            int columns = row.size();
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell);
                if (column < columns - 1) {
                    line.append(" ".repeat(width(column) - cell.length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > 1)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
