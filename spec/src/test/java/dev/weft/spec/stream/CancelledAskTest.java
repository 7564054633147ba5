package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncQueue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The task that asks is cancelled. */
class CancelledAskTest {
    private final Tracked tracked = new Tracked();

    /** Operators that wait, for their source or for a function, half a second after each second. */
    private final Map<String, Function<AsyncStream<Integer>, AsyncStream<?>>> operators =
            Map.ofEntries(
                    entry("map", s -> s.map(x -> x)),
                    entry("limit", s -> s.limit(9)),
                    entry("windowFixed", s -> s.windowFixed(5)),
                    entry("timeoutEach", s -> s.timeoutEach(ofSeconds(5))),
                    entry("throttle", s -> s.throttle(ofMillis(1500))),
                    entry("concat", s -> AsyncStream.concat(AsyncStream.of(0), s)),
                    entry(
                            "flatMap",
                            s -> s.flatMap(x -> AsyncStream.ticks(ofMillis(500)).limit(1))),
                    entry("mapAsync", s -> s.mapAsync(x -> sleep(ofMillis(500), x))),
                    entry("filterAsync", s -> s.filterAsync(x -> sleep(ofMillis(500), true))));

    @TestFactory
    Stream<DynamicTest> theCancellationIsSeenAtEverySuspension() {
        return operators.entrySet().stream()
                .map(operator -> dynamicTest(operator.getKey(), () -> cancelled(operator)));
    }

    private void cancelled(
            Map.Entry<String, Function<AsyncStream<Integer>, AsyncStream<?>>> operator) {
        for (int millis = 250; millis < 4000; millis += 250) {
            int moment = millis;
            tracked.log.clear();
            NothingLeft.run(
                    () -> {
                        AsyncStream<?> stream = operator.getValue().apply(tracked.slowNumbers(9));
                        Task<?> task = Task.create(stream.toList());
                        await(sleep(ofMillis(moment)));
                        task.cancel("stop");
                        assertThat(await(thrownBy(task)))
                                .isInstanceOf(CancelledError.class)
                                .hasMessage("stop");
                        assertThat(VirtualTime.elapsed()).isEqualTo(ofMillis(moment));
                        assertThat(tracked.log).hasSize(1);
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void aStreamWhoseAskWasCancelledHasEnded() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = tracked.slowNumbers(9).map(x -> x);
                    Task<Boolean> ask = Task.create(stream.hasNext());
                    await(iterations(2));
                    ask.cancel();
                    await(thrownBy(ask));
                    assertThat(await(stream.hasNext())).isFalse();
                    assertThat(tracked.log).containsExactly("CancelledError");
                    return Coroutine.done();
                });
    }

    @Test
    void aSourceThatGivesAnElementAllTheSameGoesOn() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = stubborn().map(x -> -x);
                    Task<List<Integer>> task = Task.create(stream.toList());
                    await(iterations(2));
                    task.cancel();
                    assertThat(await(task)).containsExactly(-1, -2);
                    return Coroutine.done();
                });
    }

    @Async
    private static AsyncStream<Integer> stubborn() {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError ignored) {
            AsyncStream.emit(1);
        }
        AsyncStream.emit(2);
        return AsyncStream.end();
    }

    @Test
    void aCancelledAskLosesNoItemOfAQueue() {
        NothingLeft.run(
                () -> {
                    AsyncQueue<Integer> queue = new AsyncQueue<>();
                    Task<Boolean> waiting = Task.create(AsyncStream.from(queue).hasNext());
                    Task<Boolean> served = Task.create(AsyncStream.from(queue).hasNext());
                    await(iterations(2));
                    await(queue.put(1));
                    waiting.cancel(); // its turn has come, and it has not run
                    await(thrownBy(waiting));
                    assertThat(await(served)).isTrue();
                    assertThat(queue.size()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void aFunctionThatIsCancelledByItselfEndsTheStreamWithThat() {
        CancelledError error = new CancelledError("of the function");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            tracked.numbers(3).mapAsync(x -> Coroutine.failed(error));
                    assertThat(await(thrownBy(stream.toList()))).isSameAs(error);
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }
}
