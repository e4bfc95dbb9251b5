/** YouTube: lists of the Data API within the daily quota, and Analytics reports as rows. */
@NullMarked
package io.feedhub.connectors.youtube;

import org.jspecify.annotations.NullMarked;
