/** The browser on another machine: pages of the web as text. */
@NullMarked
package io.feedhub.connectors.browser;

import org.jspecify.annotations.NullMarked;
