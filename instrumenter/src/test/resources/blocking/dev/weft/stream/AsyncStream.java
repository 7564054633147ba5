package dev.weft.stream;

import dev.weft.AsyncCloseable;
import dev.weft.AsyncIterator;
import dev.weft.Coroutine;

/** The stand-in of a stream: a generator, whose body runs on a thread of its own. */
public abstract class AsyncStream<T> implements AsyncIterator<T>, AsyncCloseable {
    static final AsyncStream<?> END = new Generator<>(null, null, new Object[0]);

    @SuppressWarnings("unchecked")
    public static <T> AsyncStream<T> end() {
        return (AsyncStream<T>) END;
    }

    public static <T> void emit(T value) {
        Generator.current().give(value);
    }
}
