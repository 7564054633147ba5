/**
 * Primitives for tasks that share something: none of them blocks a thread, and none is for threads.
 */
@NullMarked
package dev.weft.sync;

import org.jspecify.annotations.NullMarked;
