/** What is wrong with a file, and what to write instead: without a hub, a database or a network. */
@NullMarked
package io.feedhub.flows.check;

import org.jspecify.annotations.NullMarked;
