package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Unhandled;
import dev.weft.Weft;
import java.util.ArrayList;
import java.util.List;

/** A program that runs in virtual time on a loop of its own, and what was reported of it. */
public final class Scenario {
    private final List<Unhandled> reports = new ArrayList<>();

    /** Runs {@code main}, and then the end of the loop. */
    public <T> T run(AsyncCallable<T> main) {
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(reports::add)) {
            return runner.run(main);
        }
    }

    /** What {@code main} and the end of the loop throw. */
    public <T> Throwable failureOf(AsyncCallable<T> main) {
        return catchThrowable(() -> run(main));
    }

    /** What the exception handler has heard. */
    public List<Unhandled> reports() {
        return reports;
    }

    /** The messages of the exceptions that it has heard of. */
    public List<String> reported() {
        return reports.stream().map(report -> report.exception().getMessage()).toList();
    }

    /** What awaiting {@code awaitable} throws; null for nothing. */
    @Async
    public static Coroutine<Throwable> thrownBy(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable thrown) {
            return Coroutine.of(thrown);
        }
        return Coroutine.of(null);
    }

    /** The time of the current loop. */
    public static long seconds() {
        return EventLoop.current().time() / 1_000_000_000L;
    }
}
