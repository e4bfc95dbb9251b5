package io.feedhub.console.desk;

import io.feedhub.schedule.RunOutcome;
import io.feedhub.schedule.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The last outcomes of a flow as bars, oldest on the left, the newest at the right edge. The height of a bar is the length of
 * its run, on a logarithmic scale; what did not end well stands full height, what did not run is a stub.
 *
 * @param bars where each is drawn
 * @param summary the same in words
 */
record Strip(List<Bar> bars, String summary) {
    static final int RUNS = 50;
    static final int HEIGHT = 24;
    private static final int STEP = 4;
    private static final int LOWEST = 4;
    private static final double MILLIS_OF_THE_HIGHEST = 60_000;

    static Strip of(TrackRecord record, Instant now) {
        List<Bar> bars = new ArrayList<>();
        int x = (RUNS - 1) * STEP;
        for (TrackRecord.Lately run : record.runs()) {
            bars.add(bar(run, x, now));
            x -= STEP;
        }
        return new Strip(bars, summary(record));
    }

    private static Bar bar(TrackRecord.Lately run, int x, Instant now) {
        int height =
                switch (run.outcome()) {
                    case DONE, RUNNING -> height(run.took().orElse(Duration.ZERO));
                    case FAILED -> HEIGHT;
                    case PLANNED, SKIPPED, MISSED -> LOWEST;
                };
        String title = run.outcome() + ", " + Moment.at(run.scheduledAt(), now).clock()
                + run.took().map(took -> ", " + Moment.length(took)).orElse("");
        return new Bar(run.id(), x, HEIGHT - height, height, run.outcome(), title);
    }

    private static int height(Duration took) {
        double share = Math.log1p((double) took.toMillis()) / Math.log1p(MILLIS_OF_THE_HIGHEST);
        return LOWEST + (int) Math.round(Math.min(1, share) * (HEIGHT - LOWEST - 4));
    }

    private static String summary(TrackRecord record) {
        return record.runs().isEmpty()
                ? "never ran"
                : record.runs().stream()
                        .collect(Collectors.groupingBy(TrackRecord.Lately::outcome, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> String.format(Locale.ROOT, "%d %s", entry.getValue(), entry.getKey()))
                        .sorted()
                        .collect(
                                Collectors.joining(", ", "last " + record.runs().size() + " runs: ", ""));
    }

    /**
     * One run.
     *
     * @param run its number
     * @param outcome as the run has it
     * @param title what it was, for whoever points at it
     */
    record Bar(long run, int x, int y, int height, RunOutcome outcome, String title) {}
}
