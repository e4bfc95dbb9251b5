/** How the hub speaks with PostgreSQL, whatever about. */
@NullMarked
package io.feedhub.database;

import org.jspecify.annotations.NullMarked;
