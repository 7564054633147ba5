/** Shows the loops of this JVM to tools outside: as an MBean, and over a connection. */
@NullMarked
package dev.weft.internal.monitor;

import org.jspecify.annotations.NullMarked;
