/**
 * State machines written by hand: what a compiler of coroutines can hope for.
 *
 * <p>Nothing here checks, cancels, names or reports anything. Links are null at the end of a list,
 * so nullness is not marked.
 */
@NullUnmarked
package dev.weft.benchmarks.limit;

import org.jspecify.annotations.NullUnmarked;
