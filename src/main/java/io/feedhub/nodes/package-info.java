/** This machine and its peers. */
@NullMarked
package io.feedhub.nodes;

import org.jspecify.annotations.NullMarked;
