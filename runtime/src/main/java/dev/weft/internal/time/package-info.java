/** Time: the order in which timers fall due. Knows nothing of tasks, loops or threads. */
@NullMarked
package dev.weft.internal.time;

import org.jspecify.annotations.NullMarked;
