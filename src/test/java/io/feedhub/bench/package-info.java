/** The item path against its peers: the same job, on the same database and the same services, in turn. */
@NullMarked
package io.feedhub.bench;

import org.jspecify.annotations.NullMarked;
