package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operators that read their source ahead: buffer, windowTimed and debounce. */
class ReadAheadTest {
    private final Timeline log = new Timeline();

    @Test
    void bufferReadsAheadUntilItIsFull() {
        NothingLeft.run(() -> log.read(log.asked(4).buffer(2), 1));

        assertThat(log.entries())
                .containsExactly(
                        "asked 1 at 0",
                        "asked 2 at 0",
                        "read 1 at 0",
                        "asked 3 at 0",
                        "read 2 at 1",
                        "asked 4 at 1",
                        "read 3 at 2",
                        "source left at 2",
                        "read 4 at 3",
                        "end at 4");
    }

    @Test
    void aFailureComesAfterTheElementsInTheBuffer() {
        NothingLeft.run(() -> log.read(log.failing(new IOException("late"), 1, 2).buffer(9), 1));

        assertThat(log.entries())
                .containsExactly("read 1 at 0", "read 2 at 1", "failed: late at 2");
    }

    @Test
    void aSourceThatNeverSuspendsLetsOtherTasksRun() {
        List<Integer> others = new ArrayList<>();
        NothingLeft.run(
                () -> {
                    int[] read = {0};
                    AsyncStream<Integer> stream =
                            AsyncStream.from(numbers(1000)).peek(x -> read[0]++).buffer(1000);
                    EventLoop.current().callSoon(() -> others.add(read[0]));
                    await(stream.hasNext());
                    EventLoop.current().callSoon(() -> others.add(read[0]));
                    await(VirtualTime.iterations(1));
                    return stream.closeAsync();
                });

        assertThat(others).containsExactly(0, 128);
    }

    private static Iterable<Integer> numbers(int count) {
        return () -> IntStream.range(0, count).iterator();
    }

    // ---- windowTimed

    @Test
    void theAgeOfAWindowCountsFromItsFirstElement() {
        NothingLeft.run(() -> log.read(log.after(5, 2, 2, 9).windowTimed(9, ofSeconds(3)), 0));

        assertThat(log.entries())
                .containsExactly(
                        "read [1, 2] at 8", "read [3] at 12", "read [4] at 18", "end at 18");
    }

    @Test
    void anElementAtTheInstantAtWhichAWindowIsOldBeginsTheNextOne() {
        NothingLeft.run(() -> log.read(log.after(0, 3, 1).windowTimed(9, ofSeconds(3)), 0));

        assertThat(log.entries()).containsExactly("read [1] at 3", "read [2, 3] at 4", "end at 4");
    }

    @Test
    void theRestComesAtOnceAtTheEndAndBeforeAFailure() {
        NothingLeft.run(
                () ->
                        log.read(
                                log.failing(new IOException("late"), 1, 2, 3)
                                        .windowTimed(2, ofSeconds(9)),
                                0));
        NothingLeft.run(() -> log.read(AsyncStream.of(1, 2, 3).windowTimed(2, ofSeconds(9)), 0));

        assertThat(log.entries())
                .containsExactly(
                        "read [1, 2] at 0",
                        "read [3] at 0",
                        "failed: late at 0",
                        "read [1, 2] at 0",
                        "read [3] at 0",
                        "end at 0");
    }

    @Test
    void whileAWindowWaitsOneElementAtMostIsRead() {
        NothingLeft.run(() -> log.read(log.after(1, 1, 1, 1, 1).windowTimed(2, ofSeconds(9)), 4));

        assertThat(log.entries())
                .containsExactly(
                        "read [1, 2] at 2", "read [3, 4] at 6", "read [5] at 10", "end at 14");
    }

    @Test
    void anOldWindowThatNobodyTakesDoesNotGrow() {
        NothingLeft.run(() -> log.read(log.after(0, 2, 2, 1).windowTimed(9, ofSeconds(1)), 5));

        assertThat(log.entries())
                .containsExactly(
                        "read [1] at 1",
                        "read [2] at 6",
                        "read [3] at 11",
                        "read [4] at 16",
                        "end at 21");
    }

    @Test
    void theTimeOfAFullWindowDoesNotEndTheNextOne() {
        NothingLeft.run(() -> log.read(log.after(0, 0, 4, 2).windowTimed(2, ofSeconds(3)), 5));

        assertThat(log.entries())
                .containsExactly("read [1, 2] at 0", "read [3, 4] at 6", "end at 11");
    }

    @Test
    void windowsAreUnmodifiable() {
        NothingLeft.run(
                () -> {
                    List<Integer> window =
                            await(AsyncStream.of(1).windowTimed(2, ofSeconds(1)).findFirst())
                                    .orElseThrow();
                    assertThatThrownBy(() -> window.add(2))
                            .isInstanceOf(UnsupportedOperationException.class);
                    return Coroutine.done();
                });
    }

    // ---- debounce

    @Test
    void eachElementBeginsTheQuietTimeAgain() {
        NothingLeft.run(() -> log.read(log.after(0, 1, 1, 1, 5).debounce(ofMillis(1500)), 0));

        assertThat(log.entries()).containsExactly("read 4 at 4", "read 5 at 8", "end at 8");
    }

    @Test
    void anElementAtTheEndOfTheQuietTimeComesTooLate() {
        NothingLeft.run(() -> log.read(log.after(0, 2).debounce(ofSeconds(2)), 0));

        assertThat(log.entries()).containsExactly("read 1 at 2", "read 2 at 2", "end at 2");
    }

    @Test
    void theLastElementComesAtOnceAtTheEndAndBeforeAFailure() {
        NothingLeft.run(() -> log.read(AsyncStream.of(1, 2, 3).debounce(ofSeconds(2)), 0));
        NothingLeft.run(
                () ->
                        log.read(
                                log.failing(new IOException("late"), 1, 2).debounce(ofSeconds(2)),
                                0));

        assertThat(log.entries())
                .containsExactly("read 3 at 0", "end at 0", "read 2 at 0", "failed: late at 0");
    }

    @Test
    void anElementThatWaitsToBeTakenIsNotReplaced() {
        NothingLeft.run(() -> log.read(log.after(0, 2, 1, 1).debounce(ofMillis(1500)), 6));

        assertThat(log.entries()).containsExactly("read 1 at 1", "read 4 at 7", "end at 13");
    }

    @Test
    void anEndlessSourceThatNeverSuspendsDoesNotStopTheLoop() {
        NothingLeft.run(
                () -> {
                    Iterable<Integer> endless = () -> IntStream.iterate(0, x -> x + 1).iterator();
                    AsyncStream<Integer> stream = AsyncStream.from(endless).debounce(ofSeconds(1));
                    var reading = dev.weft.Task.create(stream.hasNext());
                    await(VirtualTime.iterations(3));
                    reading.cancel();
                    await(dev.weft.spec.support.Awaits.thrownBy(reading));
                    return Coroutine.done();
                });
    }
}
