package io.feedhub.flows.check;

import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** What to write where a file is no YAML, for the mistakes that are made most. */
final class YamlRemedy {
    private static final Pattern CRON = Pattern.compile("\\bcron:\\s*\\*.*");
    private static final Pattern MEMBER = Pattern.compile("[^:]+:\\s.*");

    private YamlRemedy() {}

    /**
     * The remedy, or an empty text where none is known.
     *
     * @param mark where the parser could not go on
     */
    static String of(FlowFile file, Optional<Mark> mark, String problem) {
        String line = mark.flatMap(
                        place -> file.text().lines().skip(place.getLine()).findFirst())
                .orElse("");
        if (CRON.matcher(line).find()) {
            return "put the cron in quotes";
        }
        String before = line.substring(
                0, Math.min(line.length(), mark.map(Mark::getColumn).orElse(0)));
        boolean isInText =
                problem.startsWith("mapping values") && MEMBER.matcher(before).matches();
        return isInText ? "put the text in quotes" : "";
    }
}
