package dev.weft.junit.compiled;

import dev.weft.Coroutine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the bodies of async test methods. JUnit calls only test methods without a result. So the
 * compiler lets an async test method return nothing, and pass its coroutine to {@link #run}.
 */
public final class AsyncTests {
    private static final ThreadLocal<@Nullable Consumer<? super Coroutine<?>>> RUNNER =
            new ThreadLocal<>();

    private AsyncTests() {}

    /** A call that may throw. */
    public interface Call {
        /** Calls. */
        void call() throws Throwable;
    }

    /**
     * Runs the body of a test method.
     *
     * @throws IllegalStateException if no extension calls the method
     */
    public static void run(Coroutine<?> body) {
        Consumer<? super Coroutine<?>> runner = RUNNER.get();
        if (runner == null) {
            body.close();
            throw new IllegalStateException(
                    "an async test method was called, but not by JUnit Jupiter with the extension of"
                            + " @WeftTest: move its body into another @Async method, and await that");
        }
        runner.accept(body);
    }

    /** Calls {@code call}; passes the coroutines of test methods that are called by it on. */
    public static void during(Call call, Consumer<? super Coroutine<?>> runner) throws Throwable {
        Consumer<? super Coroutine<?>> outer = RUNNER.get();
        RUNNER.set(runner);
        try {
            call.call();
        } finally {
            if (outer == null) {
                RUNNER.remove();
            } else {
                RUNNER.set(outer);
            }
        }
    }
}
