package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The close of a stream: at every moment, by every task, and with failures. */
class ClosingTest {
    private final Tracked tracked = new Tracked();

    private AsyncStream<Integer> through(AsyncStream<Integer> source) {
        return source.map(x -> x)
                .filter(x -> true)
                .mapAsync(Coroutine::of)
                .flatMap(AsyncStream::of)
                .timeoutEach(ofSeconds(100))
                .throttle(ofSeconds(1))
                .limit(100);
    }

    @Test
    void closingAStreamThatHasNotBegunRunsNothing() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = through(tracked.numbers(3));
                    await(stream.closeAsync());
                    assertThat(tracked.log).isEmpty();
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void closingBetweenTwoElementsClosesTheSource() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            through(tracked.closingIn(ofSeconds(1)).numbers(3));
                    await(stream.hasNext());
                    stream.next();
                    await(stream.closeAsync());
                    assertThat(tracked.log).containsExactly("closed");
                    assertThat(await(stream.hasNext())).isFalse();
                    assertThat(await(thrownBy(Coroutine.from(() -> Coroutine.of(stream.next())))))
                            .isInstanceOf(java.util.NoSuchElementException.class);
                    await(stream.closeAsync());
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void closingDropsAnElementThatWasFoundAndNotTaken() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = through(tracked.numbers(3));
                    await(stream.hasNext());
                    await(stream.closeAsync());
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void closingAfterTheEndOrAFailureDoesNothing() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> ended = through(tracked.numbers(0));
                    assertThat(await(ended.hasNext())).isFalse();
                    await(ended.closeAsync());
                    AsyncStream<Integer> failed = tracked.numbers(1).map(x -> Math.floorDiv(x, 0));
                    await(thrownBy(failed.hasNext()));
                    await(failed.closeAsync());
                    assertThat(await(failed.hasNext())).isFalse();
                    assertThat(tracked.log).containsExactly("ended", "closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aSecondTaskMayNeitherAskNorCloseMeanwhile() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = through(tracked.slowNumbers(3));
                    Task<Boolean> asking = Task.create("asker", stream.hasNext());
                    await(iterations(2));
                    Task<Void> closing = Task.create("closer", stream.closeAsync());
                    Task<Boolean> second = Task.create("second", stream.hasNext());
                    assertThat(await(thrownBy(closing)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage(
                                    "closeAsync() in task closer while hasNext() in task asker is"
                                            + " pending: one task at a time uses a stream");
                    assertThat(await(thrownBy(second)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("hasNext() in task second while hasNext()");
                    assertThat(await(asking)).isTrue();
                    await(stream.closeAsync());
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aSecondTaskMayNotCloseDuringAClose() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            through(tracked.closingIn(ofSeconds(1)).numbers(3));
                    await(stream.hasNext());
                    Task<Void> first = Task.create("first", stream.closeAsync());
                    await(iterations(2));
                    assertThat(await(thrownBy(stream.closeAsync())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("while closeAsync() in task first is pending");
                    await(first);
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void anotherTaskMayReadOnWhenNothingIsPending() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = through(tracked.slowNumbers(2));
                    await(stream.hasNext());
                    stream.next();
                    assertThat(await(Task.create(stream.hasNext()))).isTrue();
                    assertThat(stream.next()).isEqualTo(2);
                    await(Task.create(stream.closeAsync()));
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfTheCloseComesOutOfCloseAsync() {
        RuntimeException failure = new RuntimeException("of the close");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            through(
                                    tracked.closingIn(ofSeconds(1))
                                            .closingWith(failure)
                                            .numbers(3));
                    await(stream.hasNext());
                    assertThat(await(thrownBy(stream.closeAsync()))).isSameAs(failure);
                    await(stream.closeAsync());
                    return Coroutine.done();
                });
    }

    @Test
    void closingAFlatMapClosesTheInnerStreamAndThenItsSource() {
        RuntimeException failure = new RuntimeException("of the close");
        Tracked failing = new Tracked().closingWith(failure);
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            failing.numbers(3)
                                    .peek(x -> failing.log.add("outer " + x))
                                    .flatMap(x -> failing.numbers(3).peek(y -> {}));
                    await(stream.hasNext());
                    assertThat(await(thrownBy(stream.closeAsync()))).isSameAs(failure);
                    assertThat(failing.log).containsExactly("outer 1", "closed", "closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfAnInnerStreamClosesTheSource() {
        RuntimeException failure = new RuntimeException("of the inner stream");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            tracked.numbers(3).flatMap(x -> new Tracked().failing(failure));
                    assertThat(await(thrownBy(stream.toList()))).isSameAs(failure);
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void concatClosesTheStreamsThatItHasNotReached() {
        Exception failure = new Exception("of the first stream");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> begun = tracked.numbers(3);
                    await(begun.hasNext());
                    AsyncStream<Integer> all =
                            AsyncStream.concat(
                                    new Tracked().failing(failure), tracked.numbers(3), begun);
                    assertThat(await(thrownBy(all.toList()))).isSameAs(failure);
                    assertThat(tracked.log).containsExactly("closed"); // the other has not begun
                    return Coroutine.done();
                });
    }

    @Test
    void concatClosesAllEvenIfOneFails() {
        RuntimeException failure = new RuntimeException("of the close");
        Tracked failing = new Tracked().closingWith(failure).closingIn(ofSeconds(1));
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> a = failing.numbers(3);
                    AsyncStream<Integer> b = failing.numbers(3);
                    await(a.hasNext());
                    await(b.hasNext());
                    AsyncStream<Integer> all = AsyncStream.concat(a, b);
                    await(all.hasNext());
                    assertThat(await(thrownBy(all.closeAsync()))).isSameAs(failure);
                    assertThat(failing.log).containsExactly("closed", "closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledCloseStillClosesTheOtherStreams() {
        Tracked slow = new Tracked().closingIn(ofSeconds(2));
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> a = tracked.numbers(3).mapAsync(Coroutine::of);
                    AsyncStream<Integer> b = slow.numbers(3);
                    AsyncStream<Integer> c = tracked.numbers(3);
                    await(a.hasNext());
                    await(b.hasNext());
                    await(c.hasNext());
                    AsyncStream<Integer> all = AsyncStream.concat(a, b, c);
                    await(all.hasNext());
                    Task<Void> close = Task.create(all.closeAsync());
                    await(sleep(ofSeconds(1)));
                    close.cancel(); // a close by the program is not shielded
                    assertThat(await(thrownBy(close))).isInstanceOf(CancelledError.class);
                    assertThat(tracked.log).containsExactly("closed", "closed");
                    assertThat(await(all.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void limitClosesItsSourceBeforeTheLastElementIsGiven() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> two = tracked.closingIn(ofSeconds(5)).numbers(3).limit(2);
                    await(two.hasNext());
                    two.next();
                    assertThat(tracked.log).isEmpty();
                    await(two.hasNext());
                    assertThat(tracked.log).containsExactly("closed");
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(5));
                    assertThat(two.next()).isEqualTo(2);
                    assertThat(await(two.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void limitOfZeroClosesItsSourceAtTheFirstAsk() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> begun = tracked.numbers(3);
                    await(begun.hasNext());
                    AsyncStream<Integer> none = begun.limit(0);
                    assertThat(tracked.log).isEmpty();
                    assertThat(await(none.toList())).isEmpty();
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureOfTheCloseComesInPlaceOfTheLastElement() {
        RuntimeException failure = new RuntimeException("of the close");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> one = tracked.closingWith(failure).numbers(3).limit(1);
                    assertThat(await(thrownBy(one.hasNext()))).isSameAs(failure);
                    assertThat(await(one.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void tryWithResourcesClosesTheWholePipeline() {
        NothingLeft.run(
                () -> {
                    try (var stream =
                            closing(through(tracked.closingIn(ofSeconds(1)).numbers(3)))) {
                        await(stream.get().hasNext());
                    }
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aCloseByTheLibraryIsNotCancelledAndTheRequestComesAfterwards() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = tracked.closingIn(ofSeconds(5)).numbers(3);
                    Task<List<Integer>> task = Task.create(stream.limit(1).toList());
                    await(sleep(ofSeconds(1)));
                    task.cancel("too late");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("too late");
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(5));
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureWinsOverACancellationThatComesWhileTheSourceIsClosed() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = tracked.closingIn(ofSeconds(5)).numbers(3);
                    Task<?> task = Task.create(stream.map(x -> Math.floorDiv(x, 0)).toList());
                    await(sleep(ofSeconds(1)));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(ArithmeticException.class);
                    assertThat(tracked.log).containsExactly("closed");
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutAroundAnEndWaitsForTheClose() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            through(tracked.closingIn(ofSeconds(5)).slowNumbers(9));
                    assertThat(await(thrownBy(timeout(ofSeconds(3), stream.toList()))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(VirtualTime.elapsed()).isEqualTo(ofSeconds(8));
                    assertThat(tracked.log).containsExactly("CancelledError");
                    return Coroutine.done();
                });
    }
}
