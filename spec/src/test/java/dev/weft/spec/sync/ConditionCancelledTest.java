package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

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

/** The cancellation of a waiter of a condition, at each point where it can occur. */
class ConditionCancelledTest {
    private final AsyncCondition condition = new AsyncCondition();
    private final AsyncLock lock = condition.lock();
    private final List<String> trace = new ArrayList<>();

    private Task<Void> waiter(String name) {
        return tracing(trace, name, lock.with(() -> waiting(name)));
    }

    @Async
    private Coroutine<Void> waiting(String name) {
        try {
            await(condition.waitFor());
        } catch (CancelledError error) {
            trace.add(name + ": " + error.getMessage() + (lock.locked() ? ", with" : ", without"));
            throw error;
        }
        return Coroutine.done();
    }

    @Test
    void aCancelledWaiterHasTheLockAgainWhenItSeesTheCancellation() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    await(iterations(1));
                    a.cancel("enough");
                    await(thrownBy(a));
                    assertThat(trace).containsExactly("a: enough, with");
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledWaiterWaitsForTheLockFirst() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    await(iterations(1));
                    await(lock.acquire());
                    a.cancel("enough");
                    await(iterations(3));
                    assertThat(trace).isEmpty();
                    lock.release();
                    await(thrownBy(a));
                    assertThat(trace).containsExactly("a: enough, with");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledSeveralTimesSeesTheFirstCancellationOnly() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    await(iterations(1));
                    await(lock.acquire());
                    for (String message : List.of("first", "second", "third")) {
                        a.cancel(message);
                        await(iterations(2));
                    }
                    assertThat(trace).isEmpty();
                    lock.release();
                    a.cancel("fourth");
                    assertThat(await(thrownBy(a))).hasMessage("first");
                    assertThat(trace).containsExactly("a: first, with");
                    assertThat(a.cancelling()).isEqualTo(4);
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledWhileItWaitsForTheLockKeepsItsPlace() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    await(iterations(1));
                    await(lock.acquire());
                    condition.signal();
                    await(iterations(1));
                    tracing(trace, "late", lock.with(Coroutine::done));
                    await(iterations(1));
                    a.cancel("enough");
                    await(iterations(1));
                    lock.release();
                    await(iterations(3));
                    assertThat(trace).containsExactly("a: enough, with", "late");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsSignalledAndCancelledInOneIterationPassesTheSignalOn() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    await(iterations(2));
                    await(lock.acquire());
                    condition.signal();
                    a.cancel("enough");
                    lock.release();
                    await(iterations(5));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledWhileItWaitsForTheLockPassesTheSignalOn() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    await(iterations(2));
                    await(lock.acquire());
                    condition.signal();
                    await(iterations(2));
                    a.cancel("enough");
                    await(iterations(1));
                    lock.release();
                    await(iterations(5));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledAndGrantedTheLockInOneIterationPassesTheSignalOn() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    await(iterations(2));
                    await(lock.acquire());
                    condition.signal();
                    await(iterations(2));
                    lock.release();
                    a.cancel("enough");
                    await(iterations(5));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterThatIsCancelledBeforeTheSignalTakesNone() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    waiter("c");
                    await(iterations(3));
                    await(lock.acquire());
                    a.cancel("enough");
                    condition.signal();
                    lock.release();
                    await(iterations(6));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void aWaiterCanBeCancelledAfterASignalThatDidNotSatisfyItsPredicate() {
        VirtualTime.run(
                () -> {
                    Task<Void> a = Task.create(lock.with(() -> condition.waitFor(() -> false)));
                    await(iterations(1));
                    await(lock.acquire());
                    condition.signal();
                    lock.release();
                    await(iterations(3));
                    a.cancel("enough");
                    waiter("b");
                    await(iterations(2));
                    assertThat(a.cancelled()).isTrue();
                    await(lock.acquire());
                    condition.signal();
                    lock.release();
                    await(iterations(3));
                    assertThat(trace).containsExactly("b");
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatHasCancelledItselfGetsTheLockBack() {
        VirtualTime.run(
                () -> {
                    Task<Void> a =
                            tracing(
                                    trace,
                                    "a",
                                    lock.with(
                                            () -> {
                                                Task.current().cancel("own");
                                                return waiting("a");
                                            }));
                    await(thrownBy(a));
                    assertThat(trace).containsExactly("a: own, with");
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutInsideTheLockThrowsWithTheLockHeld() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    await(thrownBy(dev.weft.Weft.timeout(ofSeconds(1), condition.waitFor())));
                    assertThat(lock.locked()).isTrue();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }
}
