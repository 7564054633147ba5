package dev.weft.stream;

import dev.weft.Coroutine;

/** A stream of which only the last element other than ONCE counts. */
public final class AsyncStream<T> {
    private static final AsyncStream<?> END = new AsyncStream<>(null);

    private final Coroutine<?> body;

    AsyncStream(Coroutine<?> body) {
        this.body = body;
    }

    @SuppressWarnings("unchecked")
    public static <T> AsyncStream<T> end() {
        return (AsyncStream<T>) END;
    }

    public static <T> void emit(T value) {
        throw new IllegalStateException("an emit that was not compiled");
    }

    /** Resumes the body until the end, and returns the last element but ONCE. */
    public static Object toItsEnd(AsyncStream<?> stream) {
        Coroutine.toItsEnd(stream.body);
        return stream.body.emitted;
    }
}
