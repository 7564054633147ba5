package dev.weft.resilience;

import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** A coroutine of this package. Passes operations of the runtime on to the other classes. */
abstract class Operation<T> extends Coroutine<T> {
    /** Queues the step of {@code task}, if the task is parked. */
    static void wake(Task<?> task) {
        Machine.unpark(task);
    }

    /** Returns a random number from 0, inclusive, to 1. */
    static double random(Task<?> task) {
        return Machine.random(task);
    }

    /** Returns whether the error must stop the loop. */
    static boolean isFatal(Throwable exception) {
        return Machine.isFatal(exception);
    }

    /** Returns the exception of a failed result; does not count as looking at the failure. */
    static @Nullable Throwable failureOf(Deferred<?> result) {
        return Machine.failureOf(result);
    }

    /** Returns the event loop that runs on this thread, or null. */
    static @Nullable EventLoop currentLoop() {
        return Machine.currentLoop();
    }

    /** Returns the thread that owns what is used now. */
    static Thread currentThread() {
        return Machine.currentThread();
    }

    static boolean isClosed(EventLoop loop) {
        return Machine.isClosed(loop);
    }
}
