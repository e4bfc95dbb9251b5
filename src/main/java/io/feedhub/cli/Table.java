package io.feedhub.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;
import picocli.CommandLine.Help.Ansi;

/**
 * A table as narrow as its contents, without a frame. What would not fit the terminal is cut in the widest column, in those
 * that say when and how it went last, and never in the first or a flow's, whose words are typed again; all of it is in the
 * JSON.
 */
final class Table {
    private static final String GAP = "  ";
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069]");
    private static final Set<String> NEVER_CUT = Set.of("FLOW");
    private static final Set<String> CUT_LAST = Set.of(
            "FLOW",
            "STATE",
            "OUTCOME",
            "STATUS",
            "RESULT",
            "SCHEDULE",
            "SCHEDULED",
            "LAST RUN",
            "NEXT RUN",
            "WRITTEN",
            "AT",
            "STARTED",
            "LAST BEAT",
            "ASKED",
            "ENDED");
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("running", "green"),
            Map.entry("done", "green"),
            Map.entry("up", "green"),
            Map.entry("delivered", "green"),
            Map.entry("ok", "green"),
            Map.entry("failed", "red"),
            Map.entry("refused", "red"),
            Map.entry("parked", "red"),
            Map.entry("bad", "red"),
            Map.entry("paused", "yellow"),
            Map.entry("unknown", "yellow"),
            Map.entry("skipped", "yellow"),
            Map.entry("missed", "yellow"),
            Map.entry("draining", "yellow"),
            Map.entry("silent", "yellow"),
            Map.entry("warn", "yellow"));

    private final List<List<String>> rows = new ArrayList<>();
    private final int width;

    Table(String... headings) {
        this(Terminal.width(), headings);
    }

    /** @param width how wide a line may be */
    Table(int width, String... headings) {
        this.width = width;
        rows.add(List.of(headings));
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::seen).toList());
    }

    /** Lines of their own below the last row, outside the columns, as far in as the text is. */
    void note(String text) {
        String start = text.substring(0, text.length() - text.stripLeading().length());
        WordUtils.wrap(text.strip(), Terminal.forWords(width) - start.length())
                .lines()
                .forEach(line -> rows.add(List.of(start + seen(line))));
    }

    /** Prints it, in colours on a terminal only. */
    void print(PrintWriter out) {
        print(out, Ansi.AUTO);
    }

    /** @param ansi whether words that say how a thing fares have colours */
    void print(PrintWriter out, Ansi ansi) {
        int[] widths = widths();
        for (List<String> row : rows) {
            out.println(row.size() == 1 ? row.get(0) : line(row, widths, ansi));
        }
        out.flush();
    }

    /** A number of things, in words. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Words of others outside a table, line by line: what would steer the terminal is shown, and does nothing. */
    static String text(String words) {
        return words.lines().map(Table::seen).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(List<String> row, int[] widths, Ansi ansi) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = cut(row.get(column), widths[column]);
            line.append(coloured(cell, ansi));
            if (column < row.size() - 1) {
                line.append(" ".repeat(widths[column] - cell.length())).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size() && row.size() > 1; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        int tooMuch = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - width;
        for (int widest = toCut(widths); tooMuch > 0 && widest > 0; tooMuch--, widest = toCut(widths)) {
            widths[widest]--;
        }
        return widths;
    }

    private int toCut(int[] widths) {
        int widest = widest(widths, CUT_LAST);
        return widest > 0 ? widest : widest(widths, NEVER_CUT);
    }

    /** The widest column that may be cut and is wider than its heading, or 0. */
    private int widest(int[] widths, Set<String> whole) {
        int widest = 0;
        for (int column = 1; column < widths.length; column++) {
            String heading = rows.get(0).get(column);
            boolean mayBeCut = !whole.contains(heading) && widths[column] > heading.length();
            widest = mayBeCut && (widest == 0 || widths[column] >= widths[widest]) ? column : widest;
        }
        return widest;
    }

    /** A terminal obeys control characters, and turns lines round where it is told to. */
    private static String seen(String text) {
        return UNSEEN.matcher(text).replaceAll("?");
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 1) + "…";
    }

    /** A word that says how a thing fares, in its colour. */
    static String coloured(String cell, Ansi ansi) {
        String colour = COLOURS.get(cell);
        return colour == null ? cell : ansi.string("@|" + colour + " " + cell + "|@");
    }
}
