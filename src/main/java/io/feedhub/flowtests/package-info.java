/** Tests that flow authors write in YAML beside their flows: what is given, what is run, what must then be the case. */
@NullMarked
package io.feedhub.flowtests;

import org.jspecify.annotations.NullMarked;
