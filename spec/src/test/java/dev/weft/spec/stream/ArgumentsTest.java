package dev.weft.spec.stream;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncFunction;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncQueue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Arguments that no stream can work with are refused at the call. */
class ArgumentsTest {
    private final AsyncStream<Integer> stream = AsyncStream.of(1);

    @Test
    void nullIsRefusedByTheNameOfTheParameter() {
        Map<ThrowingCallable, String> calls = new LinkedHashMap<>();
        calls.put(() -> AsyncStream.of((Object[]) null), "values");
        calls.put(() -> AsyncStream.of(1, null), "values[1]");
        calls.put(() -> AsyncStream.from((Iterable<Integer>) null), "values");
        calls.put(() -> AsyncStream.from((AsyncQueue<Integer>) null), "queue");
        calls.put(() -> AsyncStream.ticks(null), "period");
        calls.put(() -> AsyncStream.concat((AsyncStream<?>[]) null), "streams");
        calls.put(() -> stream.map((Function<Integer, Integer>) null), "f");
        calls.put(() -> stream.mapAsync((AsyncFunction<Integer, Integer>) null), "f");
        calls.put(() -> stream.flatMap((Function<Integer, AsyncStream<Integer>>) null), "f");
        calls.put(() -> stream.filter((Predicate<Integer>) null), "p");
        calls.put(() -> stream.filterAsync((AsyncFunction<Integer, Boolean>) null), "p");
        calls.put(() -> stream.takeWhile(null), "p");
        calls.put(() -> stream.dropWhile(null), "p");
        calls.put(() -> stream.peek(null), "action");
        calls.put(() -> stream.scan(null, (a, b) -> a), "initial");
        calls.put(() -> stream.scan(0, null), "f");
        calls.put(() -> stream.throttle(null), "least");
        calls.put(() -> stream.timeoutEach(null), "limit");
        calls.put(() -> stream.forEach((Consumer<Integer>) null).close(), "action");
        calls.put(
                () -> stream.forEachAsync((AsyncFunction<Integer, Integer>) null).close(),
                "action");
        calls.put(() -> stream.fold(0, null).close(), "f");
        calls.put(() -> stream.collect((Collector<Integer, ?, ?>) null).close(), "collector");

        calls.forEach(
                (call, name) ->
                        assertThatThrownBy(call)
                                .as(name)
                                .isInstanceOf(NullPointerException.class)
                                .hasMessage(name));
    }

    @Test
    void numbersAndDurationsAreCheckedAndTheMessageSaysTheValue() {
        Duration negative = ofSeconds(-1);
        Map<ThrowingCallable, String> calls = new LinkedHashMap<>();
        calls.put(() -> stream.limit(-1), "n < 0: -1");
        calls.put(() -> stream.skip(Long.MIN_VALUE), "n < 0: -9223372036854775808");
        calls.put(() -> stream.windowFixed(0), "size < 1: 0");
        calls.put(() -> AsyncStream.ticks(ZERO), "period <= 0: PT0S");
        calls.put(() -> stream.throttle(ZERO), "least <= 0: PT0S");
        calls.put(() -> stream.timeoutEach(negative), "limit <= 0: PT-1S");

        calls.forEach(
                (call, message) ->
                        assertThatThrownBy(call)
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage(message));
    }

    @Test
    void ofKeepsACopyOfItsArguments() {
        Integer[] values = {1, 2};
        AsyncStream<Integer> copy = AsyncStream.of(values);
        values[1] = null;
        NothingLeft.run(() -> copy.forEach(x -> assertThat(x).isIn(1, 2)));
    }
}
