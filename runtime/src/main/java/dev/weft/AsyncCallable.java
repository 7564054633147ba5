package dev.weft;

import java.io.Serializable;

/**
 * A body to be run as a coroutine, usually a lambda that awaits. It is called in the first step of
 * whatever runs it.
 *
 * @param <T> what it comes to
 */
@FunctionalInterface
public interface AsyncCallable<T> extends Serializable {
    /** Gives the coroutine to run; what it throws is the failure of whoever runs it. */
    Coroutine<T> call() throws Exception;
}
