/** What the hub says of its health: whether it is there, and what is in trouble. */
@NullMarked
package io.feedhub.console.health;

import org.jspecify.annotations.NullMarked;
