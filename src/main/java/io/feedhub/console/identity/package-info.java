/** Who acts, and which role somebody has. */
@NullMarked
package io.feedhub.console.identity;

import org.jspecify.annotations.NullMarked;
