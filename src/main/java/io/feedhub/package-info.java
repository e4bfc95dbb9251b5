/** Feed-Hub: scheduled feeds as Camel routes in YAML. */
@NullMarked
package io.feedhub;

import org.jspecify.annotations.NullMarked;
