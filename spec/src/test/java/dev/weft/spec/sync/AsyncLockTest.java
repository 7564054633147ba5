package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The lock. */
class AsyncLockTest {
    private final AsyncLock lock = new AsyncLock();
    private final List<String> trace = new ArrayList<>();

    @Test
    void aFreeLockIsTakenWithoutSuspending() {
        VirtualTime.run(
                () -> {
                    tracing(trace, "other", Coroutine.done());
                    await(lock.acquire());
                    assertThat(trace).isEmpty();
                    assertThat(lock.locked()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void nothingHappensBeforeTheAwait() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> acquire = lock.acquire();
                    assertThat(lock.locked()).isFalse();
                    await(acquire);
                    assertThat(lock.locked()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void theCoroutineOfAnAcquireCanBeAwaitedOnce() {
        VirtualTime.run(
                () -> {
                    Coroutine<Void> acquire = lock.acquire();
                    await(acquire);
                    lock.release();
                    assertThat(await(thrownBy(acquire))).isInstanceOf(IllegalStateException.class);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void theLockIsGrantedInTheOrderOfArrival() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    for (String name : List.of("a", "b", "c")) {
                        tracing(trace, name, lock.acquire());
                    }
                    for (int i = 1; i <= 3; i++) {
                        await(iterations(1));
                        lock.release();
                        await(iterations(1));
                        assertThat(trace).hasSize(i);
                    }
                    assertThat(trace).containsExactly("a", "b", "c");
                    return Coroutine.done();
                });
    }

    @Test
    void theFirstWaiterTakesTheLockInTheNextIteration() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    tracing(trace, "a", lock.acquire());
                    await(iterations(1));
                    lock.release();
                    assertThat(trace).isEmpty();
                    await(iterations(1));
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void nothingOvertakesAWaiterThatIsWokenAndHasNotRun() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    tracing(trace, "a", lock.with(() -> iterations(1)));
                    await(iterations(1));
                    lock.release();
                    assertThat(lock.locked()).isTrue();
                    assertThat(lock.tryAcquire()).isFalse();
                    await(lock.acquire());
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void tryAcquireTakesAFreeLockOnly() {
        VirtualTime.run(
                () -> {
                    assertThat(lock.tryAcquire()).isTrue();
                    assertThat(lock.tryAcquire()).isFalse();
                    lock.release();
                    assertThat(lock.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void lockedReturnsWhetherTryAcquireWouldBeRefused() {
        VirtualTime.run(
                () -> {
                    assertThat(lock.locked()).isFalse();
                    await(lock.acquire());
                    assertThat(lock.locked()).isTrue();
                    lock.release();
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledWaiterLeavesTheWaitQueueAtOnce() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> a = tracing(trace, "a", lock.acquire());
                    tracing(trace, "b", lock.acquire());
                    await(iterations(1));
                    a.cancel("enough");
                    lock.release();
                    await(iterations(1));
                    assertThat(trace).containsExactly("b");
                    assertThat(await(thrownBy(a)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void theWaitQueueIsEmptyWhenItsOnlyWaiterIsCancelled() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> a = tracing(trace, "a", lock.acquire());
                    await(iterations(1));
                    a.cancel();
                    lock.release();
                    assertThat(lock.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledAfterItWasWokenPassesTheLockOn() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> a = tracing(trace, "a", lock.acquire());
                    tracing(trace, "b", lock.acquire());
                    await(iterations(1));
                    lock.release();
                    a.cancel();
                    await(iterations(1));
                    assertThat(a.cancelled()).isTrue();
                    await(iterations(1));
                    assertThat(trace).containsExactly("b");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledAfterItWasWokenFreesTheLockIfNoOtherWaits() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> a = tracing(trace, "a", lock.acquire());
                    await(iterations(1));
                    lock.release();
                    a.cancel();
                    assertThat(lock.locked())
                            .as("the waiter keeps its place until it runs")
                            .isTrue();
                    await(iterations(1));
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void someOfManyWaitersMayBeCancelled() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    List<Task<Void>> tasks = new ArrayList<>();
                    for (int i = 0; i < 9; i++) {
                        tasks.add(tracing(trace, "" + i, lock.acquire()));
                    }
                    await(iterations(1));
                    for (int i : new int[] {0, 4, 5, 8}) {
                        tasks.get(i).cancel();
                    }
                    for (int i = 0; i < 5; i++) {
                        lock.release();
                        await(iterations(1));
                    }
                    assertThat(trace).containsExactly("1", "2", "3", "6", "7");
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatHasCancelledItselfDoesNotWait() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> a =
                            Task.create(
                                    () -> {
                                        Task.current().cancel();
                                        await(lock.acquire());
                                        return Coroutine.done();
                                    });
                    await(iterations(2));
                    assertThat(a.cancelled()).isTrue();
                    lock.release();
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutEndsTheWait() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    assertThat(await(thrownBy(timeout(ofSeconds(1), lock.acquire()))))
                            .isInstanceOf(TimeoutException.class);
                    lock.release();
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void anyTaskMayRelease() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    await(
                            Task.create(
                                    () -> {
                                        lock.release();
                                        return Coroutine.done();
                                    }));
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void releasingAFreeLockIsRefused() {
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(lock::release)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("release");
                    assertThat(lock.tryAcquire()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void releasingTwiceIsRefusedEvenIfTheWokenWaiterHasNotRun() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    tracing(trace, "a", lock.acquire());
                    await(iterations(1));
                    lock.release();
                    assertThatThrownBy(lock::release).isInstanceOf(IllegalStateException.class);
                    await(iterations(1));
                    assertThat(trace).containsExactly("a");
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatAcquiresTwiceIsADeadlock() {
        assertThatThrownBy(
                        () ->
                                VirtualTime.run(
                                        () -> {
                                            await(lock.acquire());
                                            await(lock.acquire());
                                            return Coroutine.done();
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Task-1");
    }

    @Test
    void theHolderKeepsTheLockWhileItSleeps() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Task<Void> a = tracing(trace, "a", lock.acquire());
                    await(sleep(ofSeconds(1)));
                    assertThat(trace).isEmpty();
                    lock.release();
                    await(a);
                    return Coroutine.done();
                });
    }
}
