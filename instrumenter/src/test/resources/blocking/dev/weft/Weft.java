package dev.weft;

import dev.weft.stream.Generator;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code await} as a blocking call: the meaning that compiled code is measured against. */
public final class Weft {
    private Weft() {}

    public static <T> T await(Awaitable<T> awaitable) {
        return awaitable.get();
    }

    public static <T, X extends Exception> T await(Awaitable<T> awaitable, Class<X> mayThrow)
            throws X {
        return awaitable.get();
    }

    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Blocking.<RuntimeException>sneak(e.getCause());
        }
    }

    public static <T> Coroutine<T> sleep(Duration delay, T result) {
        return new Coroutine<>() {
            @Override
            public T get() {
                Task.suspend();
                return result;
            }
        };
    }

    public static Coroutine<Void> sleep(Duration delay) {
        return sleep(delay, null);
    }

    public static <T extends AsyncCloseable> Closing<T> closing(T resource) {
        if (resource == null) {
            throw new NullPointerException("resource");
        }
        return new Closing<>(resource);
    }

    public static <T> T run(Coroutine<T> main) {
        return main.get();
    }

    public static <T> T run(AsyncCallable<T> main) {
        Task.begin();
        try {
            T result = Coroutine.from(main).get();
            Task.suspend(); // a task that holds a cancellation at its end is cancelled
            return result;
        } finally {
            Task.begin();
            Generator.closeAll();
        }
    }
}
