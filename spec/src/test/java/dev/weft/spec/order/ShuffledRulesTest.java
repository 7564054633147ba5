package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules 1, 7, 10 and 26 with {@link Runner#shuffled}: they hold in any order. */
class ShuffledRulesTest {
    private static final int SEEDS = 200;

    private static <T> T run(long seed, AsyncCallable<T> main) {
        return VirtualTime.run(runner -> runner.shuffled(seed), main);
    }

    @Test
    void aHandleScheduledByAHandleStillRunsInTheNextIteration() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> generations = new ArrayList<>();
            run(
                    seed,
                    () -> {
                        for (int i = 0; i < 4; i++) {
                            schedule(generations, 1);
                        }
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
            assertThat(generations).hasSize(4 * 3).isSorted();
        }
    }

    private static void schedule(List<Integer> generations, int generation) {
        if (generation <= 3) {
            EventLoop.current()
                    .callSoon(
                            () -> {
                                generations.add(generation);
                                schedule(generations, generation + 1);
                            });
        }
    }

    private static Coroutine<Void> traced(List<String> trace, String text) {
        trace.add(text);
        return Coroutine.done();
    }

    @Test
    void onlyTimersWithEqualDeadlinesChangePlaces() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> fired = new ArrayList<>();
            run(
                    seed,
                    () -> {
                        EventLoop loop = EventLoop.current();
                        loop.callAt(2, () -> fired.add("2"));
                        loop.callAt(1, () -> fired.add("1"));
                        loop.callAt(3, () -> fired.add("3"));
                        loop.callAt(2, () -> fired.add("2 too"));
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
            orders.add(fired);
        }
        assertThat(orders)
                .containsExactlyInAnyOrder(
                        List.of("1", "2", "2 too", "3"), List.of("1", "2 too", "2", "3"));
    }

    @Test
    void aLockIsStillServedFirstComeFirstServed() {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> arrived = new ArrayList<>();
            List<Integer> served = new ArrayList<>();
            run(
                    seed,
                    () -> {
                        AsyncLock lock = new AsyncLock();
                        return TaskGroup.scope(
                                group -> {
                                    for (int i = 0; i < 5; i++) {
                                        int number = i;
                                        group.create(() -> turn(lock, number, arrived, served));
                                    }
                                    return Coroutine.done();
                                });
                    });
            assertThat(served).isEqualTo(arrived);
            orders.add(served);
        }
        assertThat(orders).hasSizeGreaterThan(SEEDS / 3);
    }

    @Async
    private static Coroutine<Void> turn(
            AsyncLock lock, int number, List<Integer> arrived, List<Integer> served) {
        arrived.add(number);
        await(lock.acquire());
        served.add(number);
        await(sleep(ZERO));
        lock.release();
        return Coroutine.done();
    }

    @Test
    void aTaskThatIsCancelledBeforeItsFirstStepNeverRuns() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> trace = new ArrayList<>();
            run(
                    seed,
                    () -> {
                        Task<Void> task = Task.create(() -> traced(trace, "ran"));
                        EventLoop.current().callSoon(() -> trace.add("before " + task.cancel()));
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
            assertThat(trace).isIn(List.of("before true"), List.of("ran", "before false"));
        }
    }

    /**
     * Cancels a sleeper whose timer is due but has not fired, from a turn that then starts a nested
     * run. Both the outdated timer and the wake-up by the cancellation are ready in one iteration,
     * and only one of them may resume the sleeper.
     */
    @Test
    void aSleeperThatIsCancelledWhenItsTimerIsDueIsResumedOnceEvenInANestedRun() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> trace = new ArrayList<>();
            run(seed, () -> cancelsADueSleeper(trace));
            assertThat(trace)
                    .containsExactly("cancel gives true", "cancelled", "others 9", "again");
        }
    }

    @Async
    private static Coroutine<Void> cancelsADueSleeper(List<String> trace) {
        Task<Void> sleeper = Task.create(() -> sleepsTwice(trace));
        int[] others = {0};
        EventLoop loop = EventLoop.current();
        Runnable cancels =
                () -> {
                    trace.add("cancel gives " + sleeper.cancel());
                    for (int i = 0; i < 9; i++) {
                        loop.callSoon(() -> others[0]++);
                    }
                    runNested(iterations(3));
                    trace.add("others " + others[0]);
                };
        await(sleep(ZERO)); // lets the sleeper start its sleep
        loop.callAt(1_000_000_000, cancels);
        await(sleep(ofSeconds(9)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> sleepsTwice(List<String> trace) {
        try {
            await(sleep(ofSeconds(1)));
            trace.add("slept");
        } catch (CancelledError expected) {
            trace.add("cancelled");
            await(sleep(ofSeconds(1)));
            trace.add("again");
        }
        return Coroutine.done();
    }

    @Test
    void theEndOfTheLoopStillCancelsEveryTask() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<String> trace = new ArrayList<>();
            run(
                    seed,
                    () -> {
                        for (String name : List.of("a", "b", "c")) {
                            Task.create(() -> untilCancelled(trace, name));
                        }
                        return iterations(1);
                    });
            Collections.sort(trace);
            assertThat(trace).containsExactly("a ends", "b ends", "c ends");
        }
    }

    @Async
    private static Coroutine<Void> untilCancelled(List<String> trace, String name) {
        try {
            await(sleep(ofSeconds(100)));
        } finally {
            await(sleep(ZERO));
            trace.add(name + " ends");
        }
        return Coroutine.done();
    }
}
