package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The condition, without cancellations. */
class AsyncConditionTest {
    private final AsyncCondition condition = new AsyncCondition();
    private final AsyncLock lock = condition.lock();
    private final List<String> trace = new ArrayList<>();
    private boolean ready;

    private Task<Void> waiter(String name) {
        return tracing(trace, name, lock.with(() -> waiting(name)));
    }

    @Async
    private Coroutine<Void> waiting(String name) {
        try {
            await(condition.waitFor());
        } catch (CancelledError error) {
            trace.add(name + " cancelled: " + error.getMessage() + ", locked: " + lock.locked());
            throw error;
        }
        assertThat(lock.locked()).isTrue();
        return Coroutine.done();
    }

    @Test
    void theLockIsFreeDuringTheWaitAndHeldAgainAfterIt() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    await(iterations(1));
                    await(lock.acquire());
                    condition.signal();
                    await(iterations(3));
                    assertThat(trace).as("the lock is held by the test").isEmpty();
                    lock.release();
                    await(a);
                    assertThat(trace).containsExactly("a");
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aSignalWakesTheTaskThatHasWaitedLongest() {
        VirtualTime.run(
                () -> {
                    waiter("a");
                    waiter("b");
                    waiter("c");
                    await(iterations(2));
                    for (String next : List.of("a", "b", "c")) {
                        await(signalOnce());
                        await(iterations(3));
                        assertThat(trace).endsWith(next);
                    }
                    assertThat(trace).containsExactly("a", "b", "c");
                    return Coroutine.done();
                });
    }

    private Coroutine<Void> signalOnce() {
        return lock.with(
                () -> {
                    condition.signal();
                    return Coroutine.done();
                });
    }

    @Test
    void signalOfNWakesThatManyTasksInOrder() {
        VirtualTime.run(
                () -> {
                    for (String name : List.of("a", "b", "c", "d")) {
                        waiter(name);
                    }
                    await(iterations(2));
                    await(lock.acquire());
                    condition.signal(0);
                    condition.signal(2);
                    lock.release();
                    await(iterations(5));
                    assertThat(trace).containsExactly("a", "b");
                    await(lock.acquire());
                    condition.signal(7);
                    lock.release();
                    await(iterations(5));
                    assertThat(trace).containsExactly("a", "b", "c", "d");
                    return Coroutine.done();
                });
    }

    @Test
    void signalAllWakesAllTasksInOrder() {
        VirtualTime.run(
                () -> {
                    for (String name : List.of("a", "b", "c")) {
                        waiter(name);
                    }
                    await(iterations(2));
                    await(lock.acquire());
                    condition.signalAll();
                    lock.release();
                    await(iterations(5));
                    assertThat(trace).containsExactly("a", "b", "c");
                    return Coroutine.done();
                });
    }

    @Test
    void twoSignalsInOneIterationWakeTwoTasks() {
        VirtualTime.run(
                () -> {
                    waiter("a");
                    waiter("b");
                    await(iterations(2));
                    await(lock.acquire());
                    condition.signal();
                    condition.signal();
                    lock.release();
                    await(iterations(4));
                    assertThat(trace).containsExactly("a", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void aSignalWithoutAWaiterIsLost() {
        VirtualTime.run(
                () -> {
                    await(signalOnce());
                    waiter("a");
                    await(iterations(4));
                    assertThat(trace).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void waitForReturnsAtOnceIfThePredicateHolds() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    tracing(trace, "other", Coroutine.done());
                    await(condition.waitFor(() -> true));
                    assertThat(trace).isEmpty();
                    assertThat(lock.locked()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void thePredicateIsEvaluatedAfterEachSignalWithTheLockHeld() {
        VirtualTime.run(
                () -> {
                    Task<Void> a =
                            tracing(trace, "a", lock.with(() -> condition.waitFor(this::isReady)));
                    await(iterations(1));
                    await(signalOnce());
                    await(iterations(3));
                    assertThat(trace).containsExactly("asked, locked: true", "asked, locked: true");
                    ready = true;
                    await(iterations(3));
                    assertThat(trace)
                            .as("the predicate is not evaluated without a signal")
                            .hasSize(2);
                    await(signalOnce());
                    await(a);
                    assertThat(trace).endsWith("asked, locked: true", "a");
                    return Coroutine.done();
                });
    }

    private boolean isReady() {
        trace.add("asked, locked: " + lock.locked());
        return ready;
    }

    @Test
    void aPredicateThatThrowsEndsTheWaitWithTheLockHeld() {
        RuntimeException failure = new RuntimeException("of the predicate");
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    Coroutine<Void> wait =
                            condition.waitFor(
                                    () -> {
                                        throw failure;
                                    });
                    assertThat(await(thrownBy(wait))).isSameAs(failure);
                    assertThat(lock.locked()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void severalConditionsMayShareOneLock() {
        AsyncCondition other = new AsyncCondition(lock);
        assertThat(other.lock()).isSameAs(lock);
        VirtualTime.run(
                () -> {
                    waiter("a");
                    tracing(trace, "b", lock.with(other::waitFor));
                    await(iterations(2));
                    await(lock.acquire());
                    other.signalAll();
                    lock.release();
                    await(iterations(4));
                    assertThat(trace).containsExactly("b");
                    return Coroutine.done();
                });
    }

    @Test
    void signallingWithoutTheLockIsRefused() {
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(condition::signal)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("condition.lock().with");
                    assertThatThrownBy(() -> condition.signal(2))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(condition::signalAll)
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void waitingWithoutTheLockIsRefused() {
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(condition.waitFor())))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(await(thrownBy(condition.waitFor(() -> false))))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void nullsAndNegativeNumbersAreRefusedAtTheCall() {
        assertThatThrownBy(() -> new AsyncCondition(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> condition.waitFor(null).close())
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> condition.signal(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
