/** Named services over HTTP: addresses, tokens, limits, and answers as maps and lists. */
@NullMarked
package io.feedhub.connectors.http;

import org.jspecify.annotations.NullMarked;
