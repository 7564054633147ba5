package dev.weft;

import java.io.Serializable;

/**
 * A body with an argument to be run as a coroutine, usually a lambda that awaits.
 *
 * @param <A> its argument
 * @param <T> what it comes to
 */
@FunctionalInterface
public interface AsyncFunction<A, T> extends Serializable {
    /** Gives the coroutine to run; what it throws is the failure of whoever runs it. */
    Coroutine<T> apply(A argument) throws Exception;
}
