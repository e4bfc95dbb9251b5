/** Gemini: prompts, answers as data, and the daily budget. */
@NullMarked
package io.feedhub.connectors.gemini;

import org.jspecify.annotations.NullMarked;
