package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop and the thread to which a primitive belongs, shown for a queue and a lock. */
class LoopBindingTest {
    private final AsyncQueue<String> queue = new AsyncQueue<>();
    private final AsyncLock lock = new AsyncLock();

    /** A loop that stays open when another one uses what belongs to it. */
    private final Runner first = Weft.runner().virtualTime();

    @AfterEach
    void closeTheFirstLoop() {
        first.close();
    }

    @Test
    void aPrimitiveMayBeCreatedInOneLoopAndUsedInAnother() {
        List<AsyncQueue<String>> made = new ArrayList<>();
        Weft.run(
                () -> {
                    made.add(new AsyncQueue<>());
                    return Coroutine.done();
                });
        VirtualTime.run(
                () -> {
                    await(made.get(0).put("x"));
                    return Coroutine.done();
                });
    }

    @Test
    void aQueueMayBeFilledBeforeALoopRuns() {
        queue.tryPut("x");
        VirtualTime.run(
                () -> {
                    assertThat(await(queue.get())).isEqualTo("x");
                    return Coroutine.done();
                });
    }

    @Test
    void aPrimitiveMayBeUsedByItsThreadBetweenRuns() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Task<String> getter =
                    runner.run(
                            () -> {
                                Task<String> task = Task.create(queue::get);
                                await(iterations(1));
                                return Coroutine.of(task);
                            });
            queue.tryPut("x");
            assertThat(runner.run(() -> thrownBy(getter))).isNull();
            assertThat(getter.result()).isEqualTo("x");
            assertThat(queue.size()).isZero();
        }
        assertThat(queue.isEmpty()).as("the queue is usable after the end of the loop").isTrue();
    }

    @Test
    void anotherLoopIsRefusedAndTheRightCallIsNamed() {
        first.run(() -> queue.put("x"));
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(queue.get())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("AsyncQueue")
                            .hasMessageContaining("EventLoop.execute");
                    assertThatThrownBy(queue::tryGet).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(queue::size).isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aConditionBelongsToTheLoopOfItsLock() {
        AsyncCondition condition = new AsyncCondition(lock);
        first.run(
                () -> {
                    await(lock.acquire());
                    assertThat(OtherThread.thrownBy(condition::signalAll))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
        VirtualTime.run(
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
    void aPlainCallBindsAPrimitiveToItsLoop() {
        first.run(
                () -> {
                    lock.tryAcquire();
                    return Coroutine.done();
                });
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(lock::release)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("another loop");
                    return Coroutine.done();
                });
    }

    @Test
    void anotherThreadIsRefusedAndTheRightCallIsNamed() {
        VirtualTime.run(
                () -> {
                    await(lock.acquire());
                    List<Runnable> calls =
                            List.of(
                                    lock::release,
                                    lock::tryAcquire,
                                    lock::locked,
                                    () -> lock.acquire().close());
                    for (Runnable call : calls) {
                        assertThat(OtherThread.thrownBy(call::run))
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
        VirtualTime.run(
                () -> {
                    await(queue.put("x"));
                    Coroutine<String> get = queue.get();
                    assertThat(OtherThread.thrownBy(() -> Weft.run(get)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("another loop");
                    assertThat(queue.size()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void everyMethodOfEveryPrimitiveRefusesOtherThreads() {
        AsyncSemaphore semaphore = new AsyncSemaphore(1);
        AsyncEvent event = new AsyncEvent();
        AsyncCondition condition = new AsyncCondition();
        AsyncBarrier barrier = new AsyncBarrier(1);
        VirtualTime.run(
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
                        assertThat(OtherThread.thrownBy(call::run))
                                .isInstanceOf(IllegalStateException.class);
                    }
                    return Coroutine.done();
                });
    }
}
