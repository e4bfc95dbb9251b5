/** What leaves: the ledger of outgoing messages, the limiters and Discord. */
@NullMarked
package io.feedhub.delivery;

import org.jspecify.annotations.NullMarked;
