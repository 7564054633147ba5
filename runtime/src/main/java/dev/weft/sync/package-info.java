/**
 * Primitives that coordinate the tasks of one loop: lock, semaphore, event, condition, barrier and
 * queue.
 *
 * <p>All of them serve waiters first come, first served: a task cannot overtake a waiter that is
 * still in the queue, not even one that has been woken and has not run. A waiter that is cancelled
 * leaves; what it was about to receive goes to the next.
 *
 * <p>A primitive may be created anywhere. It belongs to the loop that first uses it, and is then
 * used on that loop's thread. A use on another thread or in another loop throws {@code
 * IllegalStateException}.
 */
@NullMarked
package dev.weft.sync;

import org.jspecify.annotations.NullMarked;
