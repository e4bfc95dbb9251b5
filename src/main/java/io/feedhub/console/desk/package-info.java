/**
 * The desk at {@code /}: pages for people, made on the server. It reads; what a person does there goes to the REST API, so that
 * there is one way to do each thing, with one role and one audit row.
 */
@NullMarked
package io.feedhub.console.desk;

import org.jspecify.annotations.NullMarked;
