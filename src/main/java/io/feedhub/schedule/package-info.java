/**
 * When a flow runs. Quartz ticks on every node ({@link io.feedhub.schedule.QuartzTicks}), one thread claims what has come
 * ({@link io.feedhub.schedule.Gate}), runs are run and closed, and once a second the {@link io.feedhub.schedule.Caretaker}
 * sees to what no tick does: gaps, dead nodes, limits. Every instant has one row.
 */
@NullMarked
package io.feedhub.schedule;

import org.jspecify.annotations.NullMarked;
