package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Depths and numbers that the user decides on: the Java stack, time, and memory. */
class ManyElementsTest {
    private static final int DEPTH = 100_000;
    private final Tracked tracked = new Tracked();

    private static AsyncStream<Integer> chain(AsyncStream<Integer> source) {
        AsyncStream<Integer> chain = source;
        for (int i = 0; i < DEPTH; i++) {
            chain = chain.map(x -> x + 1).limit(9); // each limit is a source of its own
        }
        return chain;
    }

    @Test
    void aChainOfAHundredThousandOperators() {
        NothingLeft.run(
                () -> {
                    assertThat(await(chain(AsyncStream.of(1, 2)).toList()))
                            .containsExactly(1 + DEPTH, 2 + DEPTH);
                    AsyncStream<Integer> waiting =
                            chain(AsyncStream.of(1).mapAsync(x -> sleep(ZERO, x)));
                    assertThat(await(waiting.toList())).containsExactly(1 + DEPTH);
                    return Coroutine.done();
                });
    }

    @Test
    void aHundredThousandFunctionsInARow() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> row = AsyncStream.of(1, 2);
                    for (int i = 0; i < DEPTH; i++) {
                        row = row.map(x -> x + 1);
                    }
                    assertThat(await(row.toList())).containsExactly(1 + DEPTH, 2 + DEPTH);
                    return Coroutine.done();
                });
    }

    @Test
    void theCloseAndAFailureOfALongChain() {
        RuntimeException failure = new RuntimeException("of the innermost function");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> closed = chain(tracked.slowNumbers(2));
                    await(closed.hasNext());
                    await(closed.closeAsync());
                    AsyncStream<Integer> limited = chain(tracked.numbers(2)).limit(1);
                    assertThat(await(limited.count())).isEqualTo(1);
                    AsyncStream<Integer> failed =
                            chain(
                                    tracked.numbers(2)
                                            .map(
                                                    x -> {
                                                        throw failure;
                                                    }));
                    assertThat(await(thrownBy(failed.toList()))).isSameAs(failure);
                    assertThat(tracked.log).containsExactly("closed", "closed", "closed");
                    return Coroutine.done();
                });
    }

    @Test
    void cancellingTheReaderOfALongChain() {
        NothingLeft.run(
                () -> {
                    Task<?> reader = Task.create(chain(tracked.slowNumbers(2)).toList());
                    await(sleep(ZERO));
                    reader.cancel();
                    assertThat(await(thrownBy(reader))).isInstanceOf(CancelledError.class);
                    assertThat(tracked.log).containsExactly("CancelledError");
                    return Coroutine.done();
                });
    }

    @Test
    void aConcatOfAHundredThousandStreams() {
        NothingLeft.run(
                () -> {
                    assertThat(await(AsyncStream.concat(streams()).count())).isEqualTo(2 * DEPTH);
                    AsyncStream<Integer> closed = AsyncStream.concat(streams());
                    await(closed.hasNext());
                    await(closed.closeAsync());
                    return Coroutine.done();
                });
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private AsyncStream<Integer>[] streams() {
        return IntStream.range(0, DEPTH)
                .mapToObj(i -> tracked.numbers(2))
                .toArray(AsyncStream[]::new);
    }

    @Test
    void innerStreamsThatAreNestedAHundredThousandDeep() {
        NothingLeft.run(
                () -> {
                    assertThat(await(nested(AsyncStream.of(1, 2)).toList())).containsExactly(1, 2);
                    AsyncStream<Integer> closed = nested(tracked.slowNumbers(3));
                    await(closed.hasNext());
                    await(closed.closeAsync());
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    private static AsyncStream<Integer> nested(AsyncStream<Integer> innermost) {
        AsyncStream<Integer> stream = innermost;
        for (int i = 0; i < DEPTH; i++) {
            AsyncStream<Integer> inner = stream;
            stream = AsyncStream.of(0).flatMap(x -> inner);
        }
        return stream;
    }

    @Test
    void aConcatThatIsNestedAHundredThousandDeep() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.of(1, 2);
                    for (int i = 0; i < DEPTH; i++) {
                        stream = AsyncStream.concat(stream);
                    }
                    assertThat(await(stream.toList())).containsExactly(1, 2);
                    return Coroutine.done();
                });
    }

    @Test
    void aFilterThatSkipsTenMillionElements() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> last =
                            AsyncStream.from(upTo(10_000_000)).filter(x -> x == 10_000_000);
                    assertThat(await(last.toList())).containsExactly(10_000_000);
                    AsyncStream<Integer> none =
                            AsyncStream.from(upTo(10_000_000)).flatMap(x -> AsyncStream.end());
                    assertThat(await(none.toList())).isEmpty();
                    return Coroutine.done();
                });
    }

    /** An iterable that creates no object for an element, except for a large number. */
    private static Iterable<Integer> upTo(int last) {
        return () ->
                new Iterator<>() {
                    private int i;

                    @Override
                    public boolean hasNext() {
                        return i < last;
                    }

                    @Override
                    public Integer next() {
                        i++;
                        return i < last ? Integer.valueOf(i % 100) : Integer.valueOf(i);
                    }
                };
    }

    @Test
    void anElementCostsNoMemoryInTheOperatorsThatDecideAtOnce() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int elements = 1_000_000;
        NothingLeft.run(
                () -> {
                    Iterable<Integer> same = upTo(elements);
                    long before = threads.getCurrentThreadAllocatedBytes();
                    await(pipeline(same).forEach(x -> {}));
                    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                            .isLessThan(elements); // with an object for each it were 16 times that
                    return Coroutine.done();
                });
    }

    private static AsyncStream<Integer> pipeline(Iterable<Integer> values) {
        return AsyncStream.from(values)
                .map(x -> x)
                .filter(x -> true)
                .peek(x -> {})
                .takeWhile(x -> true)
                .dropWhile(x -> false)
                .skip(1)
                .limit(Long.MAX_VALUE)
                .scan(0, (last, x) -> x);
    }

    @Test
    void manyElementsThroughAGeneratorAndItsOperators() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> numbers = numbers(300_000);
                    assertThat(await(numbers.map(x -> x + 1).windowFixed(3).count()))
                            .isEqualTo(100_000);
                    return Coroutine.done();
                });
    }

    @Async
    private static AsyncStream<Integer> numbers(int count) {
        for (int i = 0; i < count; i++) {
            AsyncStream.emit(i);
        }
        return AsyncStream.end();
    }

    @Test
    void aWindowThatIsLargerThanMemoryIsOnlyAsLargeAsItsElements() {
        NothingLeft.run(
                () -> {
                    AsyncStream<List<Integer>> one =
                            AsyncStream.of(1, 2).windowFixed(Integer.MAX_VALUE);
                    assertThat(await(one.toList())).containsExactly(List.of(1, 2));
                    return Coroutine.done();
                });
    }
}
