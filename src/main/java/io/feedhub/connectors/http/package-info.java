/**
 * The one way in which connectors call outside services: by name, with a token, a time limit, a bound on the answer, a
 * breaker and a guard against addresses that nobody configured. Answers are maps and lists, failures are typed.
 */
@NullMarked
package io.feedhub.connectors.http;

import org.jspecify.annotations.NullMarked;
