/** Prometheus: queries and alerts as rows with numbers. */
@NullMarked
package io.feedhub.connectors.prometheus;

import org.jspecify.annotations.NullMarked;
