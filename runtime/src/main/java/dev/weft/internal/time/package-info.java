/** Time: the clocks, and the order in which timers are due. Independent of tasks and loops. */
@NullMarked
package dev.weft.internal.time;

import org.jspecify.annotations.NullMarked;
