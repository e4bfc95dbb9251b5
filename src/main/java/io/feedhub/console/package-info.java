/** Where parts meet that do not know each other: what one of them tells, another hears. People and programs come in below. */
@NullMarked
package io.feedhub.console;

import org.jspecify.annotations.NullMarked;
