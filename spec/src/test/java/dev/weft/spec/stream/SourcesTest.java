package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Streams of arguments, iterables and queues. */
class SourcesTest {
    private final RuntimeException failure = new RuntimeException("of the iterable");

    @Test
    void nextWithoutAnElementIsRefused() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.of(1);
                    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(1);
                    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
                    assertThat(await(stream.hasNext())).isFalse();
                    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void theIteratorIsCreatedAtTheFirstAsk() {
        NothingLeft.run(
                () -> {
                    List<Integer> values = new ArrayList<>(List.of(1));
                    AsyncStream<Integer> stream = AsyncStream.from(values);
                    values.add(2);
                    assertThat(await(stream.toList())).containsExactly(1, 2);
                    return Coroutine.done();
                });
    }

    @Test
    void anIterableThatFailsEndsTheStreamWithTheVeryException() {
        Iterator<Integer> failsInHasNext = iterator(true, false);
        Iterator<Integer> failsInNext = iterator(false, true);
        List<Iterable<Integer>> iterables =
                List.of(
                        () -> {
                            throw failure;
                        },
                        () -> failsInHasNext,
                        () -> failsInNext);
        NothingLeft.run(
                () -> {
                    for (Iterable<Integer> iterable : iterables) {
                        AsyncStream<Integer> stream = AsyncStream.from(iterable);
                        assertThat(await(thrownBy(stream.hasNext()))).isSameAs(failure);
                        assertThat(await(stream.hasNext())).isFalse();
                        await(stream.closeAsync());
                    }
                    return Coroutine.done();
                });
    }

    private Iterator<Integer> iterator(boolean failsInHasNext, boolean failsInNext) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return check(failsInHasNext, true);
            }

            @Override
            public Integer next() {
                return check(failsInNext, 1);
            }

            private <R> R check(boolean fails, R result) {
                if (fails) {
                    throw failure;
                }
                return result;
            }
        };
    }

    @Test
    void anIterableWithNullFailsAndSaysSo() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> withNull = AsyncStream.from(Arrays.asList(1, null, 3));
                    assertThat(await(withNull.hasNext())).isTrue();
                    withNull.next();
                    assertThat(await(thrownBy(withNull.hasNext())))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage(
                                    "from: the iterator returned null, and an element is never null");
                    Iterable<Integer> none = () -> null;
                    assertThat(await(thrownBy(AsyncStream.from(none).hasNext())))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage("from: the iterable has returned no iterator");
                    return Coroutine.done();
                });
    }

    @Test
    void anIteratorMayNotAskItsOwnStream() {
        NothingLeft.run(
                () -> {
                    List<AsyncStream<Integer>> own = new ArrayList<>();
                    List<Coroutine<?>> asks = new ArrayList<>();
                    Iterable<Integer> asking =
                            () -> {
                                asks.add(own.get(0).hasNext());
                                return List.of(1).iterator();
                            };
                    own.add(AsyncStream.from(asking));
                    assertThat(await(own.get(0).hasNext())).isTrue();
                    assertThat(await(asks.get(0))).isEqualTo(true);
                    return Coroutine.done();
                });
    }

    @Test
    void aStreamOfAQueueEndsWhenTheQueueIsShutDownAndEmpty() {
        NothingLeft.run(
                () -> {
                    AsyncQueue<Integer> queue = new AsyncQueue<>(1);
                    Task<List<Integer>> reader = Task.create(AsyncStream.from(queue).toList());
                    for (int i = 0; i < 5; i++) {
                        await(queue.put(i));
                    }
                    await(iterations(3));
                    await(queue.put(5));
                    queue.shutdown(false);
                    assertThat(await(reader)).containsExactly(0, 1, 2, 3, 4, 5);
                    return Coroutine.done();
                });
    }

    @Test
    void theShutdownEndsAStreamThatWaits() {
        NothingLeft.run(
                () -> {
                    AsyncQueue<Integer> queue = new AsyncQueue<>();
                    Task<List<Integer>> reader = Task.create(AsyncStream.from(queue).toList());
                    await(iterations(3));
                    queue.shutdown(true);
                    assertThat(await(reader)).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void closingAStreamOfAQueueLeavesTheQueueOpen() {
        NothingLeft.run(
                () -> {
                    AsyncQueue<Integer> queue = new AsyncQueue<>();
                    await(queue.put(1));
                    await(queue.put(2));
                    assertThat(await(AsyncStream.from(queue).limit(1).toList())).containsExactly(1);
                    assertThat(queue.isShutdown()).isFalse();
                    assertThat(queue.tryGet()).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    @Test
    void severalStreamsOfAQueueShareItsItemsInTheOrderOfTheAsks() {
        NothingLeft.run(
                () -> {
                    AsyncQueue<Integer> queue = new AsyncQueue<>();
                    Task<List<Integer>> a = Task.create(AsyncStream.from(queue).toList());
                    Task<List<Integer>> b = Task.create(AsyncStream.from(queue).toList());
                    await(iterations(3));
                    for (int i = 0; i < 4; i++) {
                        await(queue.put(i));
                        await(iterations(3));
                    }
                    queue.shutdown(false);
                    assertThat(await(a)).containsExactly(0, 2);
                    assertThat(await(b)).containsExactly(1, 3);
                    return Coroutine.done();
                });
    }

    @Test
    void anExceptionOfAQueueInAnotherFunctionIsNoEnd() {
        NothingLeft.run(
                () -> {
                    AsyncQueue<Integer> other = new AsyncQueue<>();
                    other.shutdown(true);
                    AsyncQueue<Integer> queue = new AsyncQueue<>();
                    await(queue.put(1));
                    assertThat(
                                    await(
                                            thrownBy(
                                                    AsyncStream.from(queue)
                                                            .mapAsync(x -> other.get())
                                                            .toList())))
                            .isInstanceOf(dev.weft.sync.QueueShutdownException.class);
                    return Coroutine.done();
                });
    }
}
