/** Markdown, cut into pages of which each is whole. */
@NullMarked
package io.feedhub.delivery.text;

import org.jspecify.annotations.NullMarked;
