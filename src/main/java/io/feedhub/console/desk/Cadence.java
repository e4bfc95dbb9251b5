package io.feedhub.console.desk;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A cron expression in words. */
final class Cadence {
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
    private static final CronDescriptor WORDS = CronDescriptor.instance(Locale.UK);

    private Cadence() {}

    /**
     * Says when a flow runs.
     *
     * @param cron a Quartz expression, or null for a flow that something else starts
     * @return words, or the expression itself when it says more than words can
     */
    static String words(@Nullable String cron) {
        if (cron == null) {
            return "when it is called";
        }
        try {
            return WORDS.describe(PARSER.parse(cron))
                    .replaceAll("at (\\w+day) day", "on $1")
                    .replaceAll("at (\\d+) day", "on day $1")
                    .replaceAll("every day between (\\w+) and (\\w+)", "$1 to $2")
                    .replaceAll(" at minute 0$", "");
        } catch (IllegalArgumentException e) {
            return cron;
        }
    }
}
