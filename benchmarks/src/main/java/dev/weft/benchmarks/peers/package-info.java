/** Weft and its peers. A JVM loads only the classes of its peer. */
@NullMarked
package dev.weft.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
