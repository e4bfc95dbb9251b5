/** What machines agree on: whose work something is, who has it in hand, and which services must be left alone for now. */
@NullMarked
package io.feedhub.mesh;

import org.jspecify.annotations.NullMarked;
