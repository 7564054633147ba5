package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import dev.weft.sync.QueueShutdownException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows of docs/from-asyncio.md about synchronisation. */
class AsyncioSyncTest {
    private final List<String> log = new ArrayList<>();

    private static Coroutine<Integer> f() {
        return AsyncioTasksTest.f();
    }

    @Test
    void aLockIsHeldByOneTask() {
        Program.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    await(lock.with(() -> f()));
                    await(lock.acquire());
                    assertThat(lock.locked()).isTrue();
                    lock.release();
                    return Coroutine.done();
                });
    }

    @Test
    void aSemaphoreHasPermits() {
        Program.run(
                () -> {
                    AsyncSemaphore semaphore = new AsyncSemaphore(2);
                    await(semaphore.acquire(2));
                    semaphore.release(2);

                    AsyncSemaphore bounded = AsyncSemaphore.bounded(2);
                    assertThatThrownBy(bounded::release).isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void anEventWakesAllThatWait() {
        Program.run(
                () -> {
                    AsyncEvent event = new AsyncEvent();
                    event.set();
                    await(event.waitFor());
                    return Coroutine.done();
                });
    }

    @Test
    void aConditionIsSignalledWhileTheLockIsHeld() {
        Program.run(
                () -> {
                    AsyncCondition condition = new AsyncCondition();
                    Task<Void> waiting = Task.create(condition.lock().with(() -> waits(condition)));
                    await(sleep(ZERO));
                    await(
                            condition
                                    .lock()
                                    .with(
                                            () -> {
                                                log.add("changed");
                                                condition.signal();
                                                condition.signalAll();
                                                return Coroutine.done();
                                            }));
                    return Coroutine.of(await(waiting));
                });
    }

    @Async
    private Coroutine<Void> waits(AsyncCondition condition) {
        await(condition.waitFor(() -> log.size() > 0));
        return Coroutine.done();
    }

    @Test
    void aBarrierReturnsThePlaceInTheOrderOfArrival() {
        Program.run(
                () -> {
                    AsyncBarrier barrier = new AsyncBarrier(1);
                    int place = await(barrier.arrive());
                    assertThat(place).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void aQueuePassesItemsOn() {
        Program.run(
                () -> {
                    AsyncQueue<String> queue = new AsyncQueue<>(10);
                    await(queue.put("x"));
                    String item = await(queue.get());
                    assertThat(item).isEqualTo("x");
                    queue.taskDone();
                    await(queue.join());

                    assertThat(queue.tryPut("x")).isTrue();
                    assertThat(queue.tryGet()).isEqualTo("x");
                    assertThat(queue.tryGet()).isNull();

                    queue.shutdown(false);
                    try {
                        await(queue.put("y"));
                    } catch (QueueShutdownException e) {
                        log.add("shut down");
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("shut down");
    }

    @Test
    void thereAreOtherOrders() {
        Program.run(
                () -> {
                    AsyncQueue<String> byLength = AsyncQueue.priority(comparingInt(String::length));
                    AsyncQueue<String> stack = AsyncQueue.lifo();
                    for (String item : List.of("long", "a", "b")) {
                        byLength.tryPut(item);
                        stack.tryPut(item);
                    }
                    assertThat(byLength.tryGet() + byLength.tryGet()).isEqualTo("ab");
                    assertThat(stack.tryGet() + stack.tryGet()).isEqualTo("ba");
                    return Coroutine.done();
                });
    }
}
