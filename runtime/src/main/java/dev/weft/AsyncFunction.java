package dev.weft;

import java.io.Serializable;

/**
 * A body of a coroutine with an argument, usually a lambda that awaits.
 *
 * @param <A> the argument
 * @param <T> the result
 */
@FunctionalInterface
public interface AsyncFunction<A, T> extends Serializable {
    /** Returns the coroutine to run. An exception is the failure of the operation. */
    Coroutine<T> apply(A argument) throws Exception;
}
