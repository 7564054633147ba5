/** Weft and its peers; a class that is not asked for is not loaded. */
@NullMarked
package dev.weft.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
