package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Suspension;
import dev.weft.Task;
import dev.weft.compiled.Frame;

public final class CompiledStreams {
    private CompiledStreams() {}

    public static <T> AsyncStream<T> generator(Coroutine<?> body) {
        return new AsyncStream<>(body);
    }

    public static Object emit(Object value, Coroutine<?> body, Task<?> task) {
        if (value != Suspension.ONCE) {
            body.emitted = value;
        }
        return Frame.SUSPENDED;
    }

    public static void checkEnd(AsyncStream<?> returned) {
        if (returned != AsyncStream.end()) {
            throw new IllegalStateException("a generator returned another stream");
        }
    }
}
