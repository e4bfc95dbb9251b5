package io.feedhub.flows.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a text something stands, as an editor and the reader of YAML count: a character that takes two of Java's is one.
 *
 * @param line from 1
 * @param column from 1
 */
record Spot(int line, int column) {
    private static final Pattern LINE_END = Pattern.compile("\r\n?|\n");

    /** The spot of the character that Java finds at this index. */
    static Spot of(String text, int index) {
        int line = 1;
        int begin = 0;
        Matcher end = LINE_END.matcher(text).region(0, index);
        while (end.find()) {
            line++;
            begin = end.end();
        }
        return new Spot(line, text.codePointCount(begin, index) + 1);
    }
}
