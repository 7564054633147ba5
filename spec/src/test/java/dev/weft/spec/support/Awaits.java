package dev.weft.spec.support;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.util.List;

/** Coroutines and tasks that await something and note the outcome. */
public final class Awaits {
    private Awaits() {}

    /** Returns the exception that awaiting {@code awaitable} throws, or null if it has a value. */
    @Async
    public static Coroutine<Throwable> thrownBy(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable thrown) {
            return Coroutine.of(thrown);
        }
        return Coroutine.of(null);
    }

    /** Creates a task that appends {@code name} to {@code trace} when the awaitable succeeds. */
    public static <T> Task<T> tracing(List<String> trace, String name, Awaitable<T> awaitable) {
        return Task.create(name, () -> traced(trace, name, awaitable));
    }

    @Async
    private static <T> Coroutine<T> traced(
            List<String> trace, String name, Awaitable<T> awaitable) {
        T value = await(awaitable);
        trace.add(name);
        return Coroutine.of(value);
    }
}
