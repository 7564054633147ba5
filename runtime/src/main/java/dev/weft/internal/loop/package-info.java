/** The event loop without tasks: turns, their order, and the queue of results that are awaited. */
@NullMarked
package dev.weft.internal.loop;

import org.jspecify.annotations.NullMarked;
