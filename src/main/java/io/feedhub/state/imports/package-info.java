/** The way in for the old hub's state: its files and their copies are read, merged by kind, and written down once. */
@NullMarked
package io.feedhub.state.imports;

import org.jspecify.annotations.NullMarked;
