package dev.weft.spec.generators;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.junit.VirtualTime.Recorder;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Closing a generator runs its clean-ups. */
class GeneratorEndTest {
    private final List<String> log = new ArrayList<>();

    /** The streams that a program still refers to at its end. */
    private final List<AsyncStream<?>> kept = new ArrayList<>();

    @Async
    private AsyncStream<Integer> numbers(String name) {
        try {
            for (int i = 0; ; i++) {
                emit(i);
            }
        } finally {
            log.add(name + " cleans up");
            await(sleep(ofSeconds(1)));
            log.add(name + " is clean");
        }
    }

    @Test
    void aStreamThatIsClosedRunsTheFinallyBlocksAroundItsEmit() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = numbers("it");
                    await(stream.hasNext());
                    stream.next();
                    await(stream.closeAsync());
                    assertThat(await(stream.hasNext())).isFalse();
                    await(stream.closeAsync());
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("it cleans up", "it is clean");
    }

    @Test
    void aStreamThatNeverRanRunsNothing() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = numbers("it");
                    await(stream.closeAsync());
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });

        assertThat(log).isEmpty();
    }

    @Test
    void noCatchOfExceptionsOrCancellationsSeesTheClose() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = catches();
                    await(stream.hasNext());
                    await(stream.closeAsync());
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("finally");
    }

    @Async
    private AsyncStream<Integer> catches() {
        try {
            emit(1);
            log.add("not reached");
        } catch (Exception | CancelledError seen) {
            log.add("seen: " + seen);
        } finally {
            log.add("finally");
        }
        return AsyncStream.end();
    }

    @Test
    void emittingWhileTheStreamIsClosedIsRefused() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = emitsAtTheEnd();
                    await(stream.hasNext());
                    try {
                        await(stream.closeAsync());
                    } catch (IllegalStateException refused) {
                        log.add(refused.getMessage());
                    }
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("emit while the stream is being closed");
    }

    @Test
    void aFinallyBlockMayEmitIfTheStreamIsNotClosed() {
        List<Integer> elements = VirtualTime.run(() -> emitsAtTheEnd().toList());

        assertThat(elements).containsExactly(1, 2);
    }

    @Async
    private static AsyncStream<Integer> emitsAtTheEnd() {
        try {
            emit(1);
        } finally {
            emit(2);
        }
        return AsyncStream.end();
    }

    @Test
    void aCatchOfThrowableThatSwallowsTheCloseCountsAsAReturn() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = swallows();
                    await(stream.hasNext());
                    await(stream.closeAsync());
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("swallowed");
    }

    @Async
    private AsyncStream<Integer> swallows() {
        try {
            emit(1);
        } catch (Throwable closed) {
            log.add("swallowed");
        }
        return AsyncStream.end();
    }

    @Test
    void aFailureOfACleanUpComesOutOfTheClose() {
        IllegalStateException broken = new IllegalStateException("broken");

        assertThat(failureOfClosing(() -> breaks(broken))).isSameAs(broken);
    }

    /** Returns what the close of a stream throws that has given an element. */
    private static Throwable failureOfClosing(Supplier<AsyncStream<Integer>> streams) {
        return VirtualTime.failureOf(
                () -> {
                    AsyncStream<Integer> stream = streams.get();
                    await(stream.hasNext());
                    return stream.closeAsync();
                });
    }

    @Async
    private static AsyncStream<Integer> breaks(RuntimeException failure) {
        try {
            emit(1);
        } finally {
            await(sleep(ofSeconds(1)));
            fail(failure);
        }
        return AsyncStream.end();
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }

    @Test
    void aResourceThatFailsInsideAClosedGeneratorComesOutOfTheClose() {
        IllegalStateException broken = new IllegalStateException("broken");

        assertThat(failureOfClosing(() -> outer(broken))).isSameAs(broken);
    }

    @Async
    private static AsyncStream<Integer> outer(RuntimeException failure) {
        try (var inner = closing(breaks(failure))) {
            while (await(inner.get().hasNext())) {
                emit(inner.get().next());
            }
        }
        return AsyncStream.end();
    }

    @Test
    void theEndOfTheLoopClosesStreamsThatAreLeftTheNewestFirst() {
        VirtualTime.run(
                () -> {
                    for (String name : List.of("one", "two")) {
                        AsyncStream<Integer> stream = numbers(name);
                        await(stream.hasNext());
                        kept.add(stream);
                    }
                    AsyncStream<Integer> never = numbers("never");
                    kept.add(never);
                    Task.create(() -> ends());
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(log)
                .containsExactly(
                        "task ends",
                        "two cleans up",
                        "two is clean",
                        "one cleans up",
                        "one is clean");
    }

    @Async
    private Coroutine<Void> ends() {
        try {
            await(sleep(ofSeconds(100)));
        } finally {
            log.add("task ends");
        }
        return Coroutine.done();
    }

    @Test
    void aStreamThatFailsAtTheEndOfTheLoopIsReported() {
        IllegalStateException broken = new IllegalStateException("broken");
        Recorder recorder = VirtualTime.recorder();
        recorder.run(
                () -> {
                    AsyncStream<Integer> stream = breaks(broken);
                    await(stream.hasNext());
                    kept.add(stream);
                    return Coroutine.done();
                });

        assertThat(recorder.reports())
                .singleElement()
                .satisfies(report -> assertThat(report.exception()).isSameAs(broken));
    }

    @Test
    void theCleanUpAtTheEndOfTheLoopMayCreateTasksAndTheyEndToo() {
        VirtualTime.run(
                () -> {
                    AsyncStream<Integer> stream = createsATask();
                    await(stream.hasNext());
                    kept.add(stream);
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("task ends");
    }

    @Async
    private AsyncStream<Integer> createsATask() {
        try {
            emit(1);
        } finally {
            Task.create(() -> ends());
            await(sleep(ofSeconds(1)));
        }
        return AsyncStream.end();
    }

    @Test
    void aHundredThousandStreamsThatAreLeftAreClosedInLinearTime() {
        int[] closed = {0};
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        AsyncStream<Integer> stream = counts(closed);
                        await(stream.hasNext());
                        kept.add(stream);
                    }
                    return Coroutine.done();
                });

        assertThat(closed[0]).isEqualTo(100_000);
    }

    @Async
    private static AsyncStream<Integer> counts(int[] closed) {
        try {
            emit(1);
        } finally {
            closed[0]++;
        }
        return AsyncStream.end();
    }
}
