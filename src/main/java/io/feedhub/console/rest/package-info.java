/** The REST API at {@code /api}: what programs, and the pages of the desk, ask the hub and have it do. */
@NullMarked
package io.feedhub.console.rest;

import org.jspecify.annotations.NullMarked;
