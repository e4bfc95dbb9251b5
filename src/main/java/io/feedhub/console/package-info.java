/** The REST API, sign-in, and the wiring of Hawtio and health. */
@NullMarked
package io.feedhub.console;

import org.jspecify.annotations.NullMarked;
