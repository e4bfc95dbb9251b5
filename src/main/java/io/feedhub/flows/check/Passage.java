package io.feedhub.flows.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A value as it is written.
 *
 * @param file the whole file
 * @param value what was read
 */
record Passage(String file, ScalarNode value) {

    /** The finding about the value, moved to a part of it when the part is written as it is read. */
    Finding at(Pattern part, Finding whole) {
        int begin = offset(value.getStartMark());
        Matcher found = part.matcher(file)
                .region(body(begin), offset(value.getEndMark()))
                .useTransparentBounds(true);
        if (!found.find()) {
            return whole;
        }
        Spot spot = Spot.of(file, found.start());
        return new Finding(whole.file(), spot.line(), spot.column(), whole.reason(), whole.fix());
    }

    /** Behind the first line of a block, which may have a comment. */
    private int body(int begin) {
        boolean isBlock = value.getScalarStyle() == ScalarStyle.FOLDED || value.getScalarStyle() == ScalarStyle.LITERAL;
        return isBlock ? Math.max(begin, file.indexOf('\n', begin)) : begin;
    }

    private int offset(Optional<Mark> mark) {
        return file.offsetByCodePoints(0, mark.map(Mark::getIndex).orElse(0));
    }
}
