/** The record of what people and machines do, and how long it is kept. */
@NullMarked
package io.feedhub.console.audit;

import org.jspecify.annotations.NullMarked;
