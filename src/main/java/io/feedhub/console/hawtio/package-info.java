/** Hawtio, and the door to JMX that it uses: who may do what there, and how Camel's MBeans get in. */
@NullMarked
package io.feedhub.console.hawtio;

import org.jspecify.annotations.NullMarked;
