package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Growth;
import dev.weft.spec.support.Logs;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tasks of operators end with the stream: when it is closed, fails, or is cancelled. */
class TasksEndTest {
    private final Timeline log = new Timeline();

    /** An operator with tasks. */
    private record Operator(String name, Function<AsyncStream<Integer>, AsyncStream<?>> on) {}

    private static Stream<Operator> operators() {
        return Stream.of(
                new Operator("mapConcurrent", s -> s.mapConcurrent(2, x -> pause(x))),
                new Operator("mapUnordered", s -> s.mapUnordered(2, x -> pause(x))),
                new Operator("flatMapConcurrent", s -> s.flatMapConcurrent(2, x -> slow(2))),
                new Operator("merge", s -> AsyncStream.merge(s, slow(3))),
                new Operator("zip", s -> AsyncStream.zip(s, slow(3), Integer::sum)),
                new Operator("buffer", s -> s.buffer(2)),
                new Operator("windowTimed", s -> s.windowTimed(2, ofMillis(1500))),
                new Operator("debounce", s -> s.debounce(ofMillis(500))),
                new Operator("two", s -> s.buffer(1).mapConcurrent(2, x -> pause(x)).buffer(1)));
    }

    private static Coroutine<Integer> pause(Integer x) {
        return sleep(ofMillis(700), x);
    }

    /** Gives elements each second, and takes a second to be left. */
    @Async
    private static AsyncStream<Integer> slow(int count) {
        try {
            for (int i = 0; i < count; i++) {
                await(sleep(ofSeconds(1)));
                AsyncStream.emit(i);
            }
        } finally {
            await(sleep(ofSeconds(1)));
        }
        return AsyncStream.end();
    }

    // ---- every operator, every moment

    @TestFactory
    Stream<DynamicTest> nothingIsLeftAfterACloseAtAnyMoment() {
        return operators()
                .map(
                        operator ->
                                DynamicTest.dynamicTest(
                                        operator.name,
                                        () -> {
                                            for (int millis = 0; millis <= 6000; millis += 100) {
                                                int pause = millis;
                                                NothingLeft.run(() -> close(operator, pause));
                                            }
                                        }));
    }

    /** Reads for some time, without a pause or with one, and closes between two asks. */
    @Async
    private Coroutine<Void> close(Operator operator, int pause) {
        AsyncStream<?> stream = operator.on.apply(slow(3));
        if (pause == 0 || !await(stream.hasNext())) {
            return stream.closeAsync();
        }
        await(sleep(ofMillis(pause)));
        await(stream.closeAsync());
        assertThat(await(stream.hasNext())).isFalse();
        await(stream.closeAsync());
        return Coroutine.done();
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLeftAfterACancellationAtAnyMoment() {
        return operators()
                .map(
                        operator ->
                                DynamicTest.dynamicTest(
                                        operator.name,
                                        () -> {
                                            for (int millis = 0; millis <= 9000; millis += 100) {
                                                int until = millis;
                                                NothingLeft.run(() -> cancel(operator, until));
                                            }
                                        }));
    }

    @Async
    private Coroutine<Void> cancel(Operator operator, int until) {
        Task<Void> reading = Task.create(() -> operator.on.apply(slow(3)).forEach(x -> {}));
        await(sleep(ofMillis(until)));
        boolean isCancelled = reading.cancel("enough");
        Throwable thrown = await(thrownBy(reading));
        if (isCancelled) {
            assertThat(thrown).isInstanceOf(CancelledError.class).hasMessage("enough");
        }
        return Coroutine.done();
    }

    @TestFactory
    Stream<DynamicTest> theEndOfTheLoopEndsThem() {
        return operators()
                .map(
                        operator ->
                                DynamicTest.dynamicTest(
                                        operator.name,
                                        () -> {
                                            for (int millis = 0; millis <= 6000; millis += 500) {
                                                int until = millis;
                                                VirtualTime.run(() -> leave(operator, until));
                                            }
                                        }));
    }

    @Async
    private Coroutine<Void> leave(Operator operator, int until) {
        Task.create(() -> operator.on.apply(slow(3)).forEach(x -> {}));
        AsyncStream<?> abandoned = operator.on.apply(slow(3));
        await(abandoned.hasNext());
        await(sleep(ofMillis(until)));
        return Coroutine.done();
    }

    @TestFactory
    Stream<DynamicTest> aCloseBeforeTheFirstAskClosesASourceThatHasBegun() {
        return operators()
                .map(
                        operator ->
                                DynamicTest.dynamicTest(
                                        operator.name,
                                        () -> {
                                            Timeline own = new Timeline();
                                            NothingLeft.run(
                                                    () -> {
                                                        AsyncStream<Integer> source = own.asked(3);
                                                        await(source.hasNext());
                                                        return operator.on
                                                                .apply(source)
                                                                .closeAsync();
                                                    });
                                            assertThat(own.entries())
                                                    .containsExactly(
                                                            "asked 1 at 0", "source left at 0");
                                        }));
    }

    // ---- failures of the end

    @Test
    void aFailureWhileACallIsCancelledComesOutOfTheClose() {
        IOException failure = new IOException("in the clean-up");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            log.asked(2)
                                    .mapConcurrent(
                                            2, x -> x == 1 ? Coroutine.of(x) : resist(failure));
                    await(log.take(stream, 1));
                    assertThat(await(thrownBy(stream.closeAsync()))).isSameAs(failure);
                    return Coroutine.done();
                });
    }

    /** Fails when it is cancelled, after a second. */
    @Async
    private static Coroutine<Integer> resist(Exception failure) throws Exception {
        try {
            await(new Promise<Void>());
        } catch (CancelledError cancelled) {
            await(sleep(ofSeconds(1)));
        }
        throw failure;
    }

    @Test
    void aFailureOfTheEndWinsOverTheCancellationWhichComesAtTheNextAwait() {
        IOException failure = new IOException("in the clean-up");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            log.asked(2).mapConcurrent(2, x -> resist(failure));
                    Task<Throwable> reading =
                            Task.create(
                                    () -> {
                                        Throwable thrown = await(thrownBy(stream.hasNext()));
                                        assertThat(thrown).isSameAs(failure);
                                        return thrownBy(sleep(ofSeconds(9)));
                                    });
                    await(sleep(ofSeconds(1)));
                    reading.cancel("enough");
                    assertThat(await(reading))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutAroundAnAskIsATimeoutAlthoughTheEndTakesTime() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = slow(3).buffer(1);
                    assertThat(await(thrownBy(timeout(ofMillis(500), stream.hasNext()))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofMillis(1500));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutIsNotHeldIfTheEndFails() {
        IOException failure = new IOException("in the clean-up");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            log.asked(2).mapConcurrent(2, x -> resist(failure));
                    assertThat(await(thrownBy(timeout(ofMillis(500), stream.hasNext()))))
                            .isSameAs(failure);
                    await(sleep(ofSeconds(1)));
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void aSecondCancellationDoesNotShortenTheEnd() {
        NothingLeft.run(
                () -> {
                    Task<Void> reading = Task.create(() -> slow(3).buffer(1).forEach(x -> {}));
                    await(sleep(ofMillis(500)));
                    reading.cancel("first");
                    await(sleep(ofMillis(500)));
                    reading.cancel("second");
                    assertThat(await(thrownBy(reading))).hasMessage("first");
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofMillis(1500));
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfTheCloseOfASourceIsSuppressedInTheFailureOfTheFunction() {
        IOException failure = new IOException("of the function");
        NothingLeft.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            failsWhenLeft()
                                                    .mapConcurrent(
                                                            1, x -> Coroutine.failed(failure))
                                                    .count()));
                    assertThat(thrown).isSameAs(failure);
                    assertThat(thrown.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .containsExactly("of the close");
                    return Coroutine.done();
                });
    }

    @Async
    private static AsyncStream<Integer> failsWhenLeft() {
        try {
            AsyncStream.emit(1);
            AsyncStream.emit(2);
        } finally {
            throwIt();
        }
        return AsyncStream.end();
    }

    private static void throwIt() {
        throw new IllegalStateException("of the close");
    }

    @Test
    void aTaskThatWasCancelledBeforeItsFirstStepEndsTheStream() {
        NothingLeft.run(
                () -> {
                    Task<Throwable> reading =
                            Task.create(
                                    () ->
                                            thrownBy(
                                                    log.asked(1)
                                                            .mapConcurrent(1, x -> pause(x))
                                                            .count()));
                    await(VirtualTime.iterations(1));
                    Task.all().get(2).cancel("before its start");
                    assertThat(await(reading))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("before its start");
                    return Coroutine.done();
                });

        assertThat(log.entries()).isEmpty();
    }

    @Test
    void aFatalErrorInATaskStopsTheLoop() {
        InternalError fatal = new InternalError("fatal");
        VirtualTime.Recorder recorder = VirtualTime.recorder();
        Throwable thrown =
                recorder.failureOf(
                        () ->
                                slow(9).buffer(1)
                                        .mapConcurrent(
                                                2,
                                                x -> {
                                                    throw fatal;
                                                })
                                        .count());

        assertThat(thrown).isSameAs(fatal);
        assertThat(recorder.reports()).isEmpty();
    }

    @Test
    void aStreamThatIsNeverAskedIsNoForgottenCoroutine() {
        try (Logs logs = new Logs()) {
            VirtualTime.run(runner -> runner.debug(true), () -> forget(logs));

            assertThat(logs.about("never awaited").getMessage()).contains("work()");
        }
    }

    @Async
    private Coroutine<Void> forget(Logs logs) {
        Stream<AsyncStream<?>> streams =
                operators()
                        .filter(operator -> !operator.name.matches("merge|zip")) // with generators
                        .map(operator -> operator.on.apply(AsyncStream.of(1)));
        assertThat(streams).doesNotContainNull();
        assertThat(log.work(1, "dropped")).isNotNull(); // this alone is logged
        while (!logs.mention("never awaited")) {
            System.gc();
            await(sleep(ofMillis(1)));
        }
        return Coroutine.done();
    }

    // ---- size

    @Test
    void thousandsOfOperatorsInEachOtherEndWithoutADeepStack() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> read = many(slow(1));
                    assertThat(await(read.count())).isEqualTo(1);

                    AsyncStream<Integer> closed = many(slow(2));
                    await(closed.hasNext());
                    await(closed.closeAsync());

                    Task<?> cancelled = Task.create(many(slow(2)).count());
                    await(sleep(ofMillis(500)));
                    cancelled.cancel();
                    await(thrownBy(cancelled));
                    return Coroutine.done();
                });
    }

    private static AsyncStream<Integer> many(AsyncStream<Integer> source) {
        AsyncStream<Integer> stream = source;
        for (int i = 0; i < 5_000; i++) {
            stream = stream.buffer(1).mapConcurrent(1, Coroutine::of);
        }
        return stream;
    }

    @Test
    void aHundredThousandElementsInFlightEndInLinearTime() {
        Growth.assertLinear(25_000, TasksEndTest::cancelMany);
    }

    private static Duration cancelMany(int count) {
        List<Long> nanos = new ArrayList<>();
        VirtualTime.run(
                () -> {
                    Task<Void> reading =
                            Task.create(
                                    () ->
                                            AsyncStream.from(numbers(count))
                                                    .mapUnordered(
                                                            count, x -> sleep(ofSeconds(9), x))
                                                    .forEach(x -> {}));
                    await(sleep(ofSeconds(1)));
                    assertThat(Task.all().size()).isGreaterThan(count);
                    long start = System.nanoTime();
                    reading.cancel();
                    await(thrownBy(reading));
                    nanos.add(System.nanoTime() - start);
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });
        return Duration.ofNanos(nanos.get(0));
    }

    private static Iterable<Integer> numbers(int count) {
        return () -> IntStream.range(0, count).iterator();
    }
}
