package dev.weft;

import java.io.Serializable;

/**
 * A body of a coroutine, usually a lambda that awaits. Called in the first step of the task or
 * operation that runs the coroutine.
 *
 * @param <T> the result
 */
@FunctionalInterface
public interface AsyncCallable<T> extends Serializable {
    /** Returns the coroutine to run. An exception is the failure of the task or operation. */
    Coroutine<T> call() throws Exception;
}
