package dev.weft.observe;

import java.util.concurrent.Callable;

/**
 * A value of a task-local that sets thread-locals of other libraries. For the steps of tasks a
 * {@link LoopObserver} does that; for {@code Weft.blocking} work, on whichever thread it runs, the
 * value itself.
 */
public interface CarriedValue {
    /**
     * Calls {@code work}, with the thread-locals of this value on the current thread. An exception
     * counts as that of the work.
     */
    <T> T call(Callable<T> work) throws Exception;
}
