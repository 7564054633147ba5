/** Coroutines, tasks and the loop that runs them. Begin with {@link dev.weft.Weft}. */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
