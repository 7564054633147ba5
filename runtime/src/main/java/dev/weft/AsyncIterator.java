package dev.weft;

/**
 * An iterator that may have to wait for its next element: {@code while (await(it.hasNext()))
 * use(it.next());} Loop's thread only.
 *
 * <pre>{@code
 * AsyncIterator<Deferred<Integer>> lengths =
 *         asCompleted(List.of(length("long text"), length("text")));
 * while (await(lengths.hasNext())) {
 *     log.add("length " + await(lengths.next())); // the quickest comes first
 * }
 * }</pre>
 *
 * @param <T> the elements
 */
public interface AsyncIterator<T> {
    /**
     * Waits until the next element is there, and returns whether there is one. May be called any
     * number of times before {@link #next}.
     */
    Coroutine<Boolean> hasNext();

    /**
     * Returns the element that {@link #hasNext} has found.
     *
     * @throws java.util.NoSuchElementException if {@code hasNext} was not awaited since the last
     *     element, or returned false
     */
    T next();
}
