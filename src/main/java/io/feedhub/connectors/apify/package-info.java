/** Apify: actor runs that are paid for once, and their datasets. */
@NullMarked
package io.feedhub.connectors.apify;

import org.jspecify.annotations.NullMarked;
