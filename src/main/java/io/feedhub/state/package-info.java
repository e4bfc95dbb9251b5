/** What flows remember: seen keys and variables. */
@NullMarked
package io.feedhub.state;

import org.jspecify.annotations.NullMarked;
