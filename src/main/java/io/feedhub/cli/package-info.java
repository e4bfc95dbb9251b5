/** The commands. */
@NullMarked
package io.feedhub.cli;

import org.jspecify.annotations.NullMarked;
