package dev.weft;

/**
 * Something that has to be closed by code that may wait. {@link Weft#closing} closes it at the end
 * of a try-with-resources statement.
 */
public interface AsyncCloseable {
    /**
     * Closes this when the result is awaited. Closing what is closed already has no effect.
     *
     * @return a coroutine that has not run yet
     */
    Coroutine<Void> closeAsync();
}
