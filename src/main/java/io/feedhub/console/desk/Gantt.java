package io.feedhub.console.desk;

import io.feedhub.schedule.Run;
import java.time.Duration;
import java.util.List;

/**
 * When the steps of a run began and how long they took in all, as bars over the run's length.
 *
 * @param bars one for each step, in the order of their first time
 */
record Gantt(List<Bar> bars) {

    static Gantt of(List<Run.Step> steps) {
        double end = steps.stream()
                .mapToLong(step -> step.beganMs() + step.ms())
                .max()
                .orElse(0);
        return new Gantt(steps.stream().map(step -> bar(step, Math.max(1, end))).toList());
    }

    private static Bar bar(Run.Step step, double end) {
        String took = Moment.length(Duration.ofMillis(step.ms()));
        String more = step.times() == 1
                ? ""
                : " in " + step.times() + " times, the longest " + Moment.length(Duration.ofMillis(step.longestMs()));
        return new Bar(
                step.id(),
                step.what(),
                percent(step.beganMs() / end),
                percent(Math.max(0.004, step.ms() / end)),
                took + more);
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + "%";
    }

    /**
     * @param step its id
     * @param what it does
     * @param x where the bar begins, in percent
     * @param width of the bar, in percent
     * @param took in words
     */
    record Bar(String step, String what, String x, String width, String took) {}
}
