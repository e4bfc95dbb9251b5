/** When a flow runs: ticks, claims and the record of every occurrence. */
@NullMarked
package io.feedhub.schedule;

import org.jspecify.annotations.NullMarked;
