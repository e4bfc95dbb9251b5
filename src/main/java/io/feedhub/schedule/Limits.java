package io.feedhub.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a node takes on, and how much of it is remembered.
 *
 * @param runsAtOnce runs at once on this node
 * @param runsPerDomain of these, of one domain
 * @param timeLimit when a run is failed, for flows that do not state their own
 * @param catchUpAtMost instants of one outage that {@code catchUp: all} runs, the newest; older ones are missed
 * @param failuresInARow failures after which somebody is told
 * @param keepRuns how long runs are remembered
 * @param keepRunsPerFlow how many of one flow
 */
@ConfigurationProperties("feedhub.schedule")
record Limits(
        @DefaultValue("64") int runsAtOnce,
        @DefaultValue("32") int runsPerDomain,
        @DefaultValue("30m") Duration timeLimit,
        @DefaultValue("100") int catchUpAtMost,
        @DefaultValue("3") int failuresInARow,
        @DefaultValue("30d") Duration keepRuns,
        @DefaultValue("20000") int keepRunsPerFlow) {}
