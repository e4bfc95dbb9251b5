/** Stand-ins for every outside service, and the page that shows the Discord channels. */
@NullMarked
package io.feedhub.sandbox;

import org.jspecify.annotations.NullMarked;
