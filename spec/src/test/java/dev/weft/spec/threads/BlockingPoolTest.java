package dev.weft.spec.threads;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.BlockingPool;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 35 and 35a for a pool of named threads of a bounded number. */
@Timeout(30)
class BlockingPoolTest {
    @Test
    void workRunsOnThreadsWithTheNameOfThePool() {
        try (BlockingPool pool = new BlockingPool("database", 2)) {
            VirtualTime.run(
                    () -> {
                        String name = await(pool.call(() -> Thread.currentThread().getName()));
                        assertThat(name).startsWith("database");
                        List<String> names = Collections.synchronizedList(new ArrayList<>());
                        await(pool.run(() -> names.add(Thread.currentThread().getName())));
                        assertThat(names).singleElement().asString().startsWith("database");
                        return Coroutine.done();
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void atMostTheGivenNumberOfWorksRunAtOnce(int most) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        try (BlockingPool pool = new BlockingPool("bounded", most)) {
            Weft.run(
                    () -> {
                        List<Deferred<Integer>> works = new ArrayList<>();
                        for (int i = 0; i < 200; i++) {
                            works.add(pool.call(() -> work(running, seen)));
                        }
                        await(gather(works));
                        return Coroutine.done();
                    });
        }
        assertThat(seen.get()).isBetween(1, most);
    }

    private static int work(AtomicInteger running, AtomicInteger seen) {
        seen.accumulateAndGet(running.incrementAndGet(), Math::max);
        Thread.onSpinWait();
        return running.decrementAndGet();
    }

    @Test
    void asManyWorksAsTheGivenNumberDoRunAtOnce() {
        CyclicBarrier all = new CyclicBarrier(3);
        try (BlockingPool pool = new BlockingPool("three", 3)) {
            Weft.run(
                    () -> {
                        List<Deferred<Integer>> works = new ArrayList<>();
                        for (int i = 0; i < 3; i++) {
                            works.add(pool.call(() -> all.await(10, TimeUnit.SECONDS)));
                        }
                        assertThat(await(gather(works))).hasSize(3);
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void workThatWaitsForAThreadStartsInTheOrderOfTheCalls() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (BlockingPool pool = new BlockingPool("one", 1)) {
            Weft.run(
                    () -> {
                        List<Deferred<Boolean>> works = new ArrayList<>();
                        for (int i = 0; i < 50; i++) {
                            int number = i;
                            works.add(pool.call(() -> order.add(number)));
                        }
                        await(gather(works));
                        return Coroutine.done();
                    });
        }
        assertThat(order).hasSize(50).isSorted();
    }

    @Test
    void workThatIsCancelledBeforeItHasAThreadNeverRuns() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (BlockingPool pool = new BlockingPool("one", 1)) {
            Weft.run(
                    () -> {
                        Deferred<Boolean> first = pool.call(() -> reached(started, release));
                        Deferred<Integer> second = pool.call(calls::incrementAndGet);
                        await(blocking(() -> started.await()));
                        second.cancel("enough");
                        release.countDown();
                        await(first);
                        assertThat(await(thrownBy(second)))
                                .isInstanceOf(CancelledError.class)
                                .hasMessage("enough");
                        return Coroutine.done();
                    });
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void cancelledWorkEndsOnlyWhenItsThreadHasLeftIt() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (BlockingPool pool = new BlockingPool("one", 1)) {
            Weft.run(
                    () -> {
                        Deferred<Boolean> work = pool.call(() -> reached(started, release));
                        await(blocking(() -> started.await()));
                        work.cancel();
                        assertThat(work.done()).isFalse();
                        release.countDown();
                        assertThat(await(thrownBy(work))).isInstanceOf(CancelledError.class);
                        return Coroutine.done();
                    });
        }
    }

    private static boolean reached(CountDownLatch started, CountDownLatch release) {
        started.countDown();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    @Test
    void failuresAreThrownUnchangedAndUnseenOnesAreReported() {
        IOException failure = new IOException("checked");
        Callable<Void> failing =
                () -> {
                    throw failure;
                };
        VirtualTime.Recorder program = VirtualTime.recorder();
        try (BlockingPool pool = new BlockingPool("failing", 1)) {
            program.run(
                    () -> {
                        assertThat(await(thrownBy(pool.call(failing)))).isSameAs(failure);
                        pool.run(
                                () -> {
                                    throw new IOException("unseen");
                                });
                        await(pool.call(() -> 1));
                        return Coroutine.done();
                    });
        }
        assertThat(program.reportedMessages()).containsExactly("unseen");
    }

    @Test
    void taskLocalValuesAreCopied() {
        TaskLocal<String> local = TaskLocal.create();
        try (BlockingPool pool = new BlockingPool("locals", 1)) {
            VirtualTime.run(
                    () -> {
                        local.set("value");
                        assertThat(await(pool.call(local::get))).isEqualTo("value");
                        return Coroutine.done();
                    });
        }
    }

    @Test
    void severalLoopsMayShareAPool() {
        try (BlockingPool pool = new BlockingPool("shared", 1)) {
            for (int i = 0; i < 3; i++) {
                int number = i;
                int result = VirtualTime.run(() -> Coroutine.of(await(pool.call(() -> number))));
                assertThat(result).isEqualTo(number);
            }
        }
    }

    @Test
    void aClosedPoolRejectsWorkAndClosingTwiceIsHarmless() {
        BlockingPool pool = new BlockingPool("closed", 1);
        pool.close();
        pool.close();
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(() -> pool.call(() -> 1))
                            .isInstanceOf(RejectedExecutionException.class);
                    assertThatThrownBy(() -> pool.run(() -> {}))
                            .isInstanceOf(RejectedExecutionException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void illegalArgumentsAreRefusedAtTheCall() {
        assertThatThrownBy(() -> new BlockingPool(null, 1))
                .isInstanceOf(NullPointerException.class);
        for (int most : new int[] {0, -1}) {
            assertThatThrownBy(() -> new BlockingPool("name", most))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("" + most);
        }
        try (BlockingPool pool = new BlockingPool("name", 1)) {
            assertThatThrownBy(() -> pool.call(() -> 1)).isInstanceOf(IllegalStateException.class);
            VirtualTime.run(
                    () -> {
                        assertThatThrownBy(() -> pool.call(null))
                                .isInstanceOf(NullPointerException.class);
                        assertThatThrownBy(() -> pool.run(null))
                                .isInstanceOf(NullPointerException.class);
                        return Coroutine.done();
                    });
        }
    }
}
