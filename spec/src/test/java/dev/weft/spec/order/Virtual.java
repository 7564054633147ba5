package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the main task of a test in virtual time. */
public final class Virtual {
    private Virtual() {}

    /** Runs {@code main}, ends the loop, and fails if anything went unhandled. */
    public static <T> T run(AsyncCallable<T> main) {
        List<Unhandled> unhandled = new ArrayList<>();
        T result;
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled::add)) {
            result = runner.run(main);
        }
        assertThat(unhandled).isEmpty();
        return result;
    }

    /** Runs {@code main}, ends the loop, and gives the failures that the handler was told. */
    public static List<Throwable> unhandledIn(AsyncCallable<Void> main) {
        List<Throwable> unhandled = new ArrayList<>();
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.exceptionHandler(report -> unhandled.add(report.exception()));
            runner.run(main);
        }
        return unhandled;
    }

    /** What awaiting {@code awaitable} throws; null if it gives a value. */
    @Async
    public static Coroutine<Throwable> thrownBy(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable thrown) {
            return Coroutine.of(thrown);
        }
        return Coroutine.of(null);
    }

    /** Lets {@code count} iterations pass. */
    @Async
    public static Coroutine<Void> turns(int count) {
        for (int i = 0; i < count; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    /** The loop's clock, which starts at 0, in seconds. */
    public static double now() {
        return EventLoop.current().time() / 1e9;
    }
}
