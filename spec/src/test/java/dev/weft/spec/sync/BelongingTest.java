package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.spec.sync.Lab.tell;
import static dev.weft.spec.sync.Lab.thrownBy;
import static dev.weft.spec.sync.Lab.thrownElsewhere;
import static dev.weft.spec.sync.Lab.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a primitive may be made and used. A queue and a lock stand for all. */
class BelongingTest {
    private final AsyncQueue<String> queue = new AsyncQueue<>();
    private final AsyncLock lock = new AsyncLock();

    @Test
    void itMayBeMadeInOneLoopAndUsedInAnother() {
        List<AsyncQueue<String>> made = new ArrayList<>();
        Weft.run(
                () -> {
                    made.add(new AsyncQueue<>());
                    return Coroutine.done();
                });
        tell(
                () -> {
                    await(made.get(0).put("x"));
                    return Coroutine.done();
                });
    }

    @Test
    void itMayBeFilledBeforeAnyLoopRuns() {
        queue.tryPut("x");
        tell(
                () -> {
                    assertThat(await(queue.get())).isEqualTo("x");
                    return Coroutine.done();
                });
    }

    @Test
    void itMayBeUsedByItsThreadBetweenTheRunsOfItsLoop() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Task<String> getter =
                    runner.run(
                            () -> {
                                Task<String> task = Task.create(queue::get);
                                await(turns(1));
                                return Coroutine.of(task);
                            });
            queue.tryPut("x");
            assertThat(runner.run(() -> thrownBy(getter))).isNull();
            assertThat(getter.result()).isEqualTo("x");
            assertThat(queue.size()).isZero();
        }
        assertThat(queue.isEmpty()).as("and after the end of the loop").isTrue();
    }

    @Test
    void anotherLoopIsRefusedAndToldWhatToCall() {
        tell(() -> queue.put("x"));
        tell(
                () -> {
                    assertThat(await(thrownBy(queue.get())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("AsyncQueue")
                            .hasMessageContaining("that loop is closed: create a new one");
                    assertThatThrownBy(queue::tryGet).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(queue::size).isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aConditionBelongsWhereItsLockDoes() {
        AsyncCondition condition = new AsyncCondition(lock);
        tell(
                () -> {
                    await(lock.acquire());
                    assertThat(thrownElsewhere(condition::signalAll))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
        tell(
                () -> {
                    assertThatThrownBy(condition::signal)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("another loop");
                    assertThat(await(thrownBy(condition.waitFor(() -> true))))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("another loop");
                    return Coroutine.done();
                });
        condition.signal();
    }

    @Test
    void aPlainCallBindsItToo() {
        tell(
                () -> {
                    lock.tryAcquire();
                    return Coroutine.done();
                });
        tell(
                () -> {
                    assertThatThrownBy(lock::release)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("another loop");
                    return Coroutine.done();
                });
    }

    @Test
    void anotherThreadIsRefusedAndToldWhatToCall() {
        tell(
                () -> {
                    await(lock.acquire());
                    List<Runnable> calls =
                            List.of(
                                    lock::release,
                                    lock::tryAcquire,
                                    lock::locked,
                                    () -> lock.acquire().close());
                    for (Runnable call : calls) {
                        assertThat(thrownElsewhere(call))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("AsyncLock")
                                .hasMessageContaining("thread elsewhere")
                                .hasMessageContaining("EventLoop.execute");
                    }
                    assertThat(lock.locked()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aLoopOfAnotherThreadIsRefused() {
        tell(
                () -> {
                    await(queue.put("x"));
                    Coroutine<String> get = queue.get();
                    assertThat(thrownElsewhere(() -> Weft.run(get)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("another loop");
                    assertThat(queue.size()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void everyPrimitiveChecks() {
        AsyncSemaphore semaphore = new AsyncSemaphore(1);
        AsyncEvent event = new AsyncEvent();
        AsyncCondition condition = new AsyncCondition();
        AsyncBarrier barrier = new AsyncBarrier(1);
        tell(
                () -> {
                    await(semaphore.acquire());
                    event.set();
                    await(condition.lock().acquire());
                    condition.signal();
                    await(barrier.arrive());
                    queue.tryPut("x");
                    List<Runnable> calls =
                            List.of(
                                    semaphore::release,
                                    semaphore::tryAcquire,
                                    event::set,
                                    event::clear,
                                    event::isSet,
                                    condition::signal,
                                    condition::signalAll,
                                    barrier::reset,
                                    barrier::abort,
                                    barrier::waiting,
                                    barrier::broken,
                                    () -> queue.tryPut("y"),
                                    queue::tryGet,
                                    queue::size,
                                    queue::isEmpty,
                                    queue::isFull,
                                    queue::taskDone,
                                    queue::isShutdown,
                                    () -> queue.shutdown(true));
                    for (Runnable call : calls) {
                        assertThat(thrownElsewhere(call)).isInstanceOf(IllegalStateException.class);
                    }
                    return Coroutine.done();
                });
    }
}
