package dev.weft.junit.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.Check;
import dev.weft.junit.Reports;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that leave something behind. */
@Sample
@WeftTest
public class EndsUntidily {
    private final List<Coroutine<?>> kept = new ArrayList<>();

    @Async
    private static Coroutine<Void> poll() {
        while (true) {
            await(sleep(ofDays(1)));
        }
    }

    @Async
    private static Coroutine<Void> fails() {
        await(sleep(ZERO));
        throw new IllegalStateException("boom");
    }

    @Async
    private static Coroutine<Void> save() {
        await(sleep(ZERO));
        return Coroutine.done();
    }

    private static Coroutine<Void> starts(String name) {
        Task.create(name, () -> poll());
        return Coroutine.done();
    }

    @Test
    void aTaskIsPending(Runner runner) {
        runner.run(() -> starts("poller"));
    }

    @Test
    @Async
    Coroutine<Void> twoTasksAreStillPending() {
        Task.create("poller", () -> poll());
        Task.create(() -> poll());
        await(sleep(ZERO));
        return Coroutine.done();
    }

    @Test
    void aTaskThatEndsByItselfIsNotPending(Runner runner) {
        runner.run(
                () -> {
                    Task.create(() -> save());
                    Task.create(() -> poll()).cancel();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskHasFailed(Runner runner) {
        runner.run(() -> Coroutine.of(Task.create("saver", () -> fails()))); // lets it be collected
    }

    @Test
    @Async
    Coroutine<Void> callbacksHaveFailed(EventLoop loop) {
        loop.callSoon(() -> Integer.parseInt("one"));
        loop.callSoon(() -> Integer.parseInt("two"));
        await(sleep(ZERO));
        return Coroutine.done();
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine")
    void aCoroutineIsNotAwaited(Runner runner) {
        Coroutine<Void> forgotten = save();
        runner.run(save());
        kept.add(forgotten);
    }

    @Test
    @Async
    Coroutine<Void> anAwaitIsForgotten() {
        Coroutine<Void> first = save();
        Coroutine<Void> second = save();
        await(second);
        kept.add(first);
        return Coroutine.done();
    }

    @Async
    private static AsyncStream<Integer> numbers() {
        try {
            for (int i = 0; ; i++) {
                emit(i);
            }
        } finally {
            await(sleep(ofDays(1)));
        }
    }

    @Test
    @Async
    Coroutine<Void> aStreamIsOpen() {
        AsyncStream<Integer> numbers = numbers();
        await(numbers.hasNext());
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> streamsThatAreReadOrClosedAreNotOpen() {
        await(numbers().limit(3).toList());
        try (Closing<AsyncStream<Integer>> numbers = closing(numbers())) {
            await(numbers.get().hasNext());
        }
        return Coroutine.done();
    }

    @Test
    void allOfThat(Runner runner, EventLoop loop) {
        Coroutine<Void> forgotten = save();
        loop.callSoon(() -> Integer.parseInt("one"));
        runner.run(() -> starts("poller"));
        kept.add(forgotten);
    }

    @Test
    @WeftTest(ignore = {Check.PENDING_TASKS, Check.UNAWAITED_COROUTINES, Check.UNHANDLED_FAILURES})
    void allOfThatAllowed(Runner runner, EventLoop loop) {
        allOfThat(runner, loop);
    }

    @Test
    @WeftTest(debug = false)
    void withoutDebugModeCoroutinesAreNotCounted() {
        Coroutine<Void> forgotten = save();
        kept.add(forgotten);
    }

    @Test
    void expectedReportsAreNoFailure(Runner runner, EventLoop loop, Reports reports) {
        loop.callSoon(() -> Integer.parseInt("one"));
        runner.runUntilIdle();
        if (reports.list().size() != 1) {
            throw new AssertionError(reports);
        }
    }

    @Test
    void aReportAfterTheTestIsNotExpected(Runner runner, Reports reports) {
        runner.run(() -> Coroutine.of(Task.create("saver", () -> fails())));
        if (!reports.list().isEmpty()) {
            throw new AssertionError(reports);
        }
    }
}
