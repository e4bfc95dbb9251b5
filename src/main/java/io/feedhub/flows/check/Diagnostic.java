package io.feedhub.flows.check;

/** A finding as a good compiler prints it: the line, a caret, the reason, the fix. */
public final class Diagnostic {
    private Diagnostic() {}

    /**
     * Lays a finding out over several lines.
     *
     * @param shown the file's path, as the reader calls it
     * @param text the file
     */
    public static String of(Finding finding, String shown, String text) {
        String line = text.lines().skip(finding.line() - 1L).findFirst().orElse("");
        String number = Integer.toString(finding.line());
        String margin = " ".repeat(number.length());
        StringBuilder out = new StringBuilder();
        out.append("error: ").append(finding.reason()).append('\n');
        out.append(margin)
                .append("--> ")
                .append(shown)
                .append(':')
                .append(number)
                .append(':')
                .append(finding.column())
                .append('\n');
        out.append(margin).append(" |\n");
        out.append(number).append(" | ").append(line).append('\n');
        out.append(margin)
                .append(" | ")
                .append(" ".repeat(finding.column() - 1))
                .append("^".repeat(width(line, finding.column())));
        if (!finding.fix().isEmpty()) {
            out.append('\n').append(margin).append(" = ").append(finding.fix());
        }
        return out.append('\n').toString();
    }

    /** The word that a finding is about, or what is between its quotes. */
    private static int width(String line, int column) {
        if (column > line.length()) {
            return 1;
        }
        String rest = line.substring(column - 1);
        char quote = rest.charAt(0);
        int end = quote == '"' || quote == '\'' ? rest.indexOf(quote, 1) + 1 : rest.split("[\\s,}\\]]", 2)[0].length();
        return Math.max(1, end);
    }
}
