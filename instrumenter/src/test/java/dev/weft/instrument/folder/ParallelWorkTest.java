package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelWorkTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 200).boxed().toList();

    private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 1_000})
    void resultsComeInTheOrderOfTheInputs(int threads) throws InterruptedIOException {
        assertThat(ParallelWork.map(NUMBERS, threads, this::tenfold))
                .isEqualTo(NUMBERS.stream().map(number -> 10 * number).toList());

        assertThat(seen).noneMatch(Thread::isAlive);
    }

    @Test
    void nothingIsDoneForNoInput() throws InterruptedIOException {
        assertThat(ParallelWork.map(List.<Integer>of(), 4, this::tenfold)).isEmpty();
    }

    @Test
    void severalThreadsWorkAtATime() throws InterruptedIOException {
        CountDownLatch both = new CountDownLatch(2);

        ParallelWork.map(
                List.of(1, 2),
                2,
                number -> {
                    both.countDown();
                    return waitFor(both);
                });

        assertThat(both.getCount()).isZero();
    }

    @Test
    void ofTwoFailuresTheFirstInTheOrderOfTheInputsIsThrown() {
        CountDownLatch secondHasFailed = new CountDownLatch(1);

        assertThatThrownBy(
                        () ->
                                ParallelWork.map(
                                        NUMBERS,
                                        2,
                                        number -> {
                                            if (number == 1) {
                                                secondHasFailed.countDown();
                                            } else {
                                                waitFor(secondHasFailed);
                                            }
                                            throw new IllegalStateException("at " + number);
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("at 0");
    }

    @Test
    void nothingBeginsAfterAFailure() {
        Set<Integer> begun = ConcurrentHashMap.newKeySet();

        assertThatThrownBy(
                        () ->
                                ParallelWork.map(
                                        NUMBERS,
                                        1,
                                        number -> {
                                            begun.add(number);
                                            if (number == 3) {
                                                throw new AssertionError("broken");
                                            }
                                            return number;
                                        }))
                .isInstanceOf(AssertionError.class);
        assertThat(begun).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void anInterruptEndsTheRunAndLeavesNoThread() {
        Thread caller = Thread.currentThread();

        assertThatThrownBy(
                        () ->
                                ParallelWork.map(
                                        NUMBERS,
                                        2,
                                        number -> {
                                            caller.interrupt();
                                            return tenfold(number);
                                        }))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).isNotEmpty().noneMatch(Thread::isAlive);
    }

    private int tenfold(int number) {
        seen.add(Thread.currentThread());
        return 10 * number;
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
