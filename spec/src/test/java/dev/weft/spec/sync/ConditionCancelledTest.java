package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.sync.Lab.tell;
import static dev.weft.spec.sync.Lab.thrownBy;
import static dev.weft.spec.sync.Lab.tracing;
import static dev.weft.spec.sync.Lab.turns;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncLock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A waiter of a condition that is cancelled in each of the places where that can be. */
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
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    await(turns(1));
                    a.cancel("enough");
                    await(thrownBy(a));
                    assertThat(trace).containsExactly("a: enough, with");
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void itWaitsForTheLockFirstAsEverybodyDoes() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    await(turns(1));
                    await(lock.acquire());
                    a.cancel("enough");
                    await(turns(3));
                    assertThat(trace).isEmpty();
                    lock.release();
                    await(thrownBy(a));
                    assertThat(trace).containsExactly("a: enough, with");
                    return Coroutine.done();
                });
    }

    @Test
    void howeverOftenItIsCancelledItSeesTheFirstCancellationOnly() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    await(turns(1));
                    await(lock.acquire());
                    for (String message : List.of("first", "second", "third")) {
                        a.cancel(message);
                        await(turns(2));
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
    void itKeepsItsPlaceInTheLocksLineWhenItIsCancelledThere() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    await(turns(1));
                    await(lock.acquire());
                    condition.signal();
                    await(turns(1));
                    tracing(trace, "late", lock.with(Coroutine::done));
                    await(turns(1));
                    a.cancel("enough");
                    await(turns(1));
                    lock.release();
                    await(turns(3));
                    assertThat(trace).containsExactly("a: enough, with", "late");
                    return Coroutine.done();
                });
    }

    @Test
    void whoWasSignalledAndCancelledInTheSameIterationPassesTheSignalOn() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    await(turns(2));
                    await(lock.acquire());
                    condition.signal();
                    a.cancel("enough");
                    lock.release();
                    await(turns(5));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void whoIsCancelledInTheLocksLineAfterItsSignalPassesTheSignalOn() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    await(turns(2));
                    await(lock.acquire());
                    condition.signal();
                    await(turns(2));
                    a.cancel("enough");
                    await(turns(1));
                    lock.release();
                    await(turns(5));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void whoIsCancelledAndGivenTheLockInTheSameIterationPassesTheSignalOn() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    await(turns(2));
                    await(lock.acquire());
                    condition.signal();
                    await(turns(2));
                    lock.release();
                    a.cancel("enough");
                    await(turns(5));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void whoIsCancelledBeforeAnySignalTakesNoneAway() {
        tell(
                () -> {
                    Task<Void> a = waiter("a");
                    waiter("b");
                    waiter("c");
                    await(turns(3));
                    await(lock.acquire());
                    a.cancel("enough");
                    condition.signal();
                    lock.release();
                    await(turns(6));
                    assertThat(trace).containsExactly("a: enough, with", "b");
                    return Coroutine.done();
                });
    }

    @Test
    void itCanBeCancelledAlsoAfterASignalThatWasNotEnough() {
        tell(
                () -> {
                    Task<Void> a = Task.create(lock.with(() -> condition.waitFor(() -> false)));
                    await(turns(1));
                    await(lock.acquire());
                    condition.signal();
                    lock.release();
                    await(turns(3));
                    a.cancel("enough");
                    waiter("b");
                    await(turns(2));
                    assertThat(a.cancelled()).isTrue();
                    await(lock.acquire());
                    condition.signal();
                    lock.release();
                    await(turns(3));
                    assertThat(trace).containsExactly("b");
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatHasCancelledItselfStillGetsTheLockBack() {
        tell(
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
        tell(
                () -> {
                    await(lock.acquire());
                    await(thrownBy(dev.weft.Weft.timeout(ofSeconds(1), condition.waitFor())));
                    assertThat(lock.locked()).isTrue();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }
}
