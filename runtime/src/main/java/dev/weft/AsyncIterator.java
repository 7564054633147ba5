package dev.weft;

/**
 * An iterator that may have to wait for its next element: {@code while (await(it.hasNext()))
 * use(it.next());} It belongs to the loop's thread.
 *
 * <pre>{@code
 * AsyncIterator<Deferred<Integer>> lengths =
 *         asCompleted(List.of(length("long text"), length("text")));
 * while (await(lengths.hasNext())) {
 *     log.add("length " + await(lengths.next())); // the quickest comes first
 * }
 * }</pre>
 *
 * @param <T> its elements
 */
public interface AsyncIterator<T> {
    /** Whether there is a next element, once that is known. May be asked any number of times. */
    Coroutine<Boolean> hasNext();

    /**
     * The element that {@link #hasNext} has found.
     *
     * @throws java.util.NoSuchElementException if {@code hasNext} was not awaited since the last
     *     element, or gave false
     */
    T next();
}
