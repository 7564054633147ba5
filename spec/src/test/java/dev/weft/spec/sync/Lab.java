package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What the tests here have in common. */
final class Lab {
    private Lab() {}

    /**
     * Runs {@code story}; a story that would hang fails, and so does one whose tasks fail unseen.
     */
    static void tell(AsyncCallable<Void> story) {
        List<Unhandled> unhandled = new ArrayList<>();
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled::add)) {
            runner.run(story);
        }
        assertThat(unhandled).isEmpty();
    }

    /** Lets {@code n} iterations pass. */
    @Async
    static Coroutine<Void> turns(int n) {
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    /** A task that appends {@code name} to {@code trace} once {@code awaitable} has succeeded. */
    static <T> Task<T> tracing(List<String> trace, String name, Awaitable<T> awaitable) {
        return Task.create(name, () -> traced(trace, name, awaitable));
    }

    @Async
    private static <T> Coroutine<T> traced(
            List<String> trace, String name, Awaitable<T> awaitable) {
        T value = await(awaitable);
        trace.add(name);
        return Coroutine.of(value);
    }

    /** What awaiting throws; null if nothing. */
    @Async
    static Coroutine<Throwable> thrownBy(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable thrown) {
            return Coroutine.of(thrown);
        }
        return Coroutine.of(null);
    }

    /** What {@code action} throws on a thread of its own; null if nothing. */
    static Throwable thrownElsewhere(Runnable action) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(action, "elsewhere");
        thread.setUncaughtExceptionHandler((t, exception) -> thrown.set(exception));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return thrown.get();
    }
}
