/** What the schedule tells the other parts of a run, on the exchange that carries it, and which flow a route is of. */
@NullMarked
package io.feedhub.runs;

import org.jspecify.annotations.NullMarked;
