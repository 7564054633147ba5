/** Threads other than the loop's: blocking calls and the shutdown of the JVM. */
@NullMarked
package dev.weft.internal.thread;

import org.jspecify.annotations.NullMarked;
