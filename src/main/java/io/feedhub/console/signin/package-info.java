/** How people and programs sign in, where each role may go, and what is said to whoever may not enter. */
@NullMarked
package io.feedhub.console.signin;

import org.jspecify.annotations.NullMarked;
