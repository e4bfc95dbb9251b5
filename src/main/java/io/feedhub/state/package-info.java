/** What flows remember: seen keys, batches and variables; and transactions, in which they remember. */
@NullMarked
package io.feedhub.state;

import org.jspecify.annotations.NullMarked;
