/** Google Cloud Storage: objects that are written once, whatever is repeated. */
@NullMarked
package io.feedhub.connectors.gcs;

import org.jspecify.annotations.NullMarked;
