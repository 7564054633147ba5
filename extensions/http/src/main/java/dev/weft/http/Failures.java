package dev.weft.http;

import dev.weft.Coroutine;
import dev.weft.Task;

/** Reports of failures that no code can see otherwise. */
abstract class Failures extends Coroutine<Void> {
    private Failures() {}

    /** Passes a failure to the exception handler of the loop. */
    static void report(String message, Throwable failure, Task<?> task) {
        Machine.report(message, failure, task);
    }

    /** Returns whether the error must stop the loop. */
    static boolean isFatal(Throwable failure) {
        return Machine.isFatal(failure);
    }

    /** Throws {@code failure}, checked or not. */
    @SuppressWarnings("unchecked") // erased: the cast does nothing
    static <X extends Throwable> RuntimeException sneak(Throwable failure) throws X {
        throw (X) failure;
    }
}
