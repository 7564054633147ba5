package dev.weft.spec.scale;

import static dev.weft.Weft.await;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.iterations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Growth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules 5 and 21 with many waiters of one deferred that leave again. */
@Tag("slow")
@Timeout(120)
class ManyWaitersTest {
    @Test
    void shieldsOfOneDeferredAreLeftInLinearTimeLastFirst() {
        Growth.assertLinear(10_000, size -> timeToLeave(size, stop -> waitsBehindAShield(stop)));
    }

    @Test
    void waitUntilsOnOneDeferredAreLeftInLinearTimeLastFirst() {
        Growth.assertLinear(10_000, size -> timeToLeave(size, stop -> waitsForEither(stop)));
    }

    @Test
    void doneCallbacksAreServedInLinearTime() {
        Growth.assertLinear(50_000, ManyWaitersTest::timeToServe);
    }

    private static Coroutine<Integer> waitsBehindAShield(Deferred<Integer> stop) {
        return Coroutine.from(() -> Coroutine.of(await(shield(stop))));
    }

    private static Coroutine<Object> waitsForEither(Deferred<Integer> stop) {
        return Coroutine.from(
                () ->
                        Coroutine.of(
                                await(
                                        waitUntil(
                                                ReturnWhen.FIRST_COMPLETED,
                                                List.of(new Promise<Integer>(), stop)))));
    }

    /** Lets tasks wait for a common promise, and cancels them in reverse order. */
    private static Duration timeToLeave(
            int size, Function<Deferred<Integer>, Coroutine<?>> waiter) {
        return VirtualTime.run(
                () -> {
                    Promise<Integer> stop = new Promise<>();
                    List<Task<?>> tasks = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        tasks.add(Task.create(waiter.apply(stop)));
                    }
                    await(iterations(2));
                    long begun = System.nanoTime();
                    for (int i = size - 1; i >= 0; i--) {
                        tasks.get(i).cancel();
                    }
                    await(iterations(3));
                    assertThat(tasks).allMatch(Task::cancelled);
                    assertThat(stop.done()).isFalse();
                    return Coroutine.of(Duration.ofNanos(System.nanoTime() - begun));
                });
    }

    private static Duration timeToServe(int size) {
        return VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    int[] called = {0};
                    Consumer<Deferred<Integer>> callback = done -> called[0]++;
                    long begun = System.nanoTime();
                    for (int i = 0; i < size; i++) {
                        promise.addDoneCallback(callback);
                    }
                    promise.complete(1);
                    await(iterations(1));
                    assertThat(called[0]).isEqualTo(size);
                    return Coroutine.of(Duration.ofNanos(System.nanoTime() - begun));
                });
    }
}
