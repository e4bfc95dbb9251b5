/** Files become checked flows, and flows become running routes. */
@NullMarked
package io.feedhub.flows;

import org.jspecify.annotations.NullMarked;
