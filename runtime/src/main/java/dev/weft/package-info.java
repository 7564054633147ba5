/**
 * Coroutines, tasks and the loop that runs them: the names that a program uses. {@link
 * dev.weft.Weft} is where to begin.
 */
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
