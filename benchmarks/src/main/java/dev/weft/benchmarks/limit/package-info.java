/**
 * State machines written by hand: the limit for a compiler of coroutines.
 *
 * <p>There are no checks, no cancellation, no names and no reports. Links are null at the end of a
 * list, so nullness is not marked.
 */
@NullUnmarked
package dev.weft.benchmarks.limit;

import org.jspecify.annotations.NullUnmarked;
