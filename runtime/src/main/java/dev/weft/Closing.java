package dev.weft;

import dev.weft.internal.report.CoverageShape;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a try-with-resources statement whose end waits for {@link
 * AsyncCloseable#closeAsync}. Created by {@link Weft#closing}.
 *
 * <p>The compiler takes {@link #close} for an await, so the statement must be in an {@link Async}
 * method or in a lambda that returns a {@link Coroutine}. While the resource closes, a cancellation
 * of the task waits; it is thrown afterwards, unless closing fails.
 *
 * @param <T> the resource
 */
public final class Closing<T extends AsyncCloseable> implements AutoCloseable {
    private final T resource;

    Closing(T resource) {
        if (resource == null) {
            throw new NullPointerException("resource");
        }
        this.resource = resource;
    }

    /** Returns the resource. */
    public T get() {
        return resource;
    }

    /**
     * Closes the resource and waits for that. In a class that is compiled for coverage tools this
     * call stays and does nothing, and the await follows.
     *
     * @throws NotInstrumentedException if the calling class was not compiled by Weft
     */
    @Override
    public void close() {
        if (!CoverageShape.isRun() || !NotInstrumentedException.isCallerCovered()) {
            throw NotInstrumentedException.ofCaller();
        }
    }

    /**
     * Creates what compiled code awaits in place of {@link #close}.
     *
     * @param cause what the caller throws then; null if it throws nothing
     */
    Coroutine<Void> closed(@Nullable Throwable cause) {
        return new Shielded(resource.closeAsync(), cause);
    }
}
