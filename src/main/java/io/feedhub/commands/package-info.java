/** Named commands on this machine: the queue they come from, and the hands that run them without a shell. */
@NullMarked
package io.feedhub.commands;

import org.jspecify.annotations.NullMarked;
