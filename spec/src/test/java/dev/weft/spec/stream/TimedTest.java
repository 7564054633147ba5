package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Ticks, throttle, and timeoutEach. */
class TimedTest {
    private final Tracked tracked = new Tracked();
    private final List<String> log = new ArrayList<>();

    @Test
    void ticksCountFromTheFirstAskWithoutDrift() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Long> ticks = AsyncStream.ticks(ofSeconds(3));
                    await(sleep(ofSeconds(10)));
                    for (long tick = 0; tick < 5; tick++) {
                        assertThat(await(ticks.hasNext())).isTrue();
                        assertThat(ticks.next()).isEqualTo(tick);
                        assertThat(elapsed()).isEqualTo(ofSeconds(10 + 3 * (tick + 1)));
                        await(sleep(ofMillis(700 * tick))); // always less than a period
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void ticksThatWereMissedAreSkippedAndTheNumberSaysSo() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Long> ticks = AsyncStream.ticks(ofSeconds(3));
                    await(note(ticks)); // 0 at 3
                    await(sleep(ofSeconds(7)));
                    await(note(ticks)); // at 10 s: those at 6 and 9 are missed
                    await(sleep(ofSeconds(3)));
                    await(note(ticks)); // at 15 s exactly: not missed
                    await(note(ticks));
                    assertThat(log)
                            .containsExactly("0 at PT3S", "3 at PT12S", "4 at PT15S", "5 at PT18S");
                    return Coroutine.done();
                });
    }

    @Test
    void aTickThatWasFoundAndNotTakenStays() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Long> ticks = AsyncStream.ticks(ofSeconds(1));
                    await(ticks.hasNext());
                    await(sleep(ofSeconds(10)));
                    assertThat(await(ticks.hasNext())).isTrue();
                    assertThat(ticks.next()).isZero();
                    await(note(ticks));
                    assertThat(log).containsExactly("10 at PT11S");
                    return Coroutine.done();
                });
    }

    @Test
    void ticksOfEveryLengthWork() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Long> shortest = AsyncStream.ticks(ofNanos(1));
                    await(note(shortest));
                    await(note(shortest));
                    await(sleep(ofMillis(1)));
                    await(note(shortest));
                    assertThat(log)
                            .containsExactly(
                                    "0 at PT0.000000001S",
                                    "1 at PT0.000000002S",
                                    "1000001 at PT0.001000002S");
                    return Coroutine.done();
                });
    }

    @Test
    void aTickThatIsTooFarAwayNeverComes() {
        for (Duration endless : List.of(ofSeconds(Long.MAX_VALUE), ofNanos(Long.MAX_VALUE))) {
            NothingLeft.run(
                    () -> {
                        await(sleep(ofSeconds(1)));
                        Task<?> task = Task.create(AsyncStream.ticks(endless).hasNext());
                        await(sleep(ofSeconds(1_000_000_000)));
                        task.cancel();
                        assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                        return Coroutine.done();
                    });
        }
        NothingLeft.run(
                () -> {
                    AsyncStream<Long> twoOfThem = AsyncStream.ticks(ofNanos(Long.MAX_VALUE / 2));
                    Task<List<Long>> task = Task.create(twoOfThem.limit(2).toList());
                    assertThat(await(task)).containsExactly(0L, 1L);
                    return Coroutine.done();
                });
    }

    private <T> Coroutine<Void> note(AsyncStream<T> stream) {
        return Coroutine.from(
                () -> {
                    log.add(
                            await(stream.hasNext())
                                    ? stream.next() + " at " + elapsed()
                                    : "end at " + elapsed());
                    return Coroutine.done();
                });
    }

    @Test
    void throttleCountsFromTheElementBefore() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.of(1, 2, 3, 4).throttle(ofSeconds(2));
                    await(note(stream));
                    await(note(stream));
                    await(sleep(ofSeconds(5)));
                    await(note(stream)); // at once
                    await(note(stream));
                    await(note(stream)); // the end does not wait
                    assertThat(log)
                            .containsExactly(
                                    "1 at PT0S",
                                    "2 at PT2S",
                                    "3 at PT7S",
                                    "4 at PT9S",
                                    "end at PT9S");
                    return Coroutine.done();
                });
    }

    @Test
    void throttleLetsAFailureThroughAtOnce() {
        Exception failure = new Exception("of the source");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = tracked.failing(failure).throttle(ofSeconds(100));
                    await(note(stream));
                    assertThat(await(thrownBy(stream.hasNext()))).isSameAs(failure);
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    return Coroutine.done();
                });
    }

    @Test
    void aThrottleThatIsLongerThanTheClockGivesOneElement() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            AsyncStream.of(1, 2).throttle(ofSeconds(Long.MAX_VALUE));
                    await(note(stream));
                    Task<?> task = Task.create(stream.hasNext());
                    await(sleep(ofSeconds(1_000_000_000)));
                    task.cancel();
                    assertThat(await(thrownBy(task))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void timeoutEachCountsFromEachAsk() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            tracked.slowNumbers(3).timeoutEach(ofMillis(1500));
                    await(sleep(ofSeconds(5)));
                    await(note(stream));
                    await(sleep(ofSeconds(5)));
                    await(note(stream));
                    await(note(stream));
                    await(note(stream));
                    assertThat(log)
                            .containsExactly(
                                    "1 at PT6S", "2 at PT12S", "3 at PT13S", "end at PT13S");
                    return Coroutine.done();
                });
    }

    @Test
    void timeoutEachCancelsTheSourceAndWaitsForIt() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            tracked.closingIn(ofSeconds(2)).slowNumbers(3).timeoutEach(ofMillis(1));
                    assertThat(await(thrownBy(stream.hasNext())))
                            .isInstanceOf(TimeoutException.class)
                            .hasMessageContaining("PT0.001S");
                    assertThat(elapsed()).isEqualTo(ofMillis(2001));
                    assertThat(tracked.log).containsExactly("CancelledError");
                    assertThat(await(stream.hasNext())).isFalse();
                    assertThat(Task.current().cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void inATieTheSourceIsCancelledUnlessItsWakeUpIsQueued() {
        NothingLeft.run(
                () -> {
                    // The timer of the limit is set first.
                    AsyncStream<Integer> later = tracked.slowNumbers(1).timeoutEach(ofSeconds(1));
                    assertThat(await(thrownBy(later.hasNext())))
                            .isInstanceOf(TimeoutException.class);
                    return Coroutine.done();
                });
        NothingLeft.run(
                () -> {
                    Promise<Integer> seven = new Promise<>();
                    EventLoop.current().callLater(ofSeconds(1), () -> seven.complete(7));
                    AsyncStream<Integer> first =
                            AsyncStream.of(1).mapAsync(x -> from(seven)).timeoutEach(ofSeconds(1));
                    assertThat(await(first.toList())).containsExactly(7);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Integer> from(Promise<Integer> promise) {
        return Coroutine.of(await(promise));
    }

    @Test
    void anElementThatComesInSpiteOfTheExpiryIsGiven() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = late().timeoutEach(ofSeconds(1));
                    await(note(stream));
                    await(note(stream));
                    await(note(stream));
                    assertThat(log).containsExactly("1 at PT1S", "2 at PT1S", "end at PT1S");
                    return Coroutine.done();
                });
    }

    @Async
    private static AsyncStream<Integer> late() {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError expired) {
            AsyncStream.emit(1);
        }
        AsyncStream.emit(2);
        return AsyncStream.end();
    }
}
