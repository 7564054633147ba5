package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/** The operations of streams in compiled code; not for programs. */
public final class CompiledStreams {
    private CompiledStreams() {}

    /** Returns the stream of a generator that has just captured its arguments. */
    public static <T> AsyncStream<T> generator(Coroutine<?> body) {
        return AsyncStream.on(new Generator<>(body));
    }

    /**
     * Runs {@code emit(value)}: keeps the value, and returns {@code Frame.SUSPENDED}, so that the
     * body saves its state and returns.
     *
     * @param body the frame of the generator's body
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // javac has checked the value
    public static Object emit(@Nullable Object value, Coroutine<?> body, Task<?> task) {
        Generator<Object> generator = (Generator<Object>) Source.awaiterOf(body);
        if (generator == null) {
            throw new IllegalStateException("the generator has not begun");
        }
        return generator.emit(value, task);
    }

    /**
     * Runs {@code await(stream.hasNext())}.
     *
     * @param awaiter null if the body has no frame yet
     * @param start of the step
     */
    public static @Nullable Object hasNext(
            @Nullable AsyncStream<?> stream,
            @Nullable Coroutine<?> awaiter,
            Task<?> task,
            int start) {
        if (stream == null) {
            throw new NullPointerException(
                    "Cannot invoke \"dev.weft.stream.AsyncStream.hasNext()\": the stream is null");
        }
        Object result = stream.own("hasNext()").ask(awaiter, task, Source.deeper(start));
        return Source.settled(result, awaiter, task);
    }

    /** Checks what a generator returns. */
    public static void checkEnd(@Nullable AsyncStream<?> returned) {
        if (returned != AsyncStream.END) {
            throw new IllegalStateException(
                    "a generator returned "
                            + (returned == null ? "null" : "another stream")
                            + ": emit the elements, and return AsyncStream.end()");
        }
    }
}
