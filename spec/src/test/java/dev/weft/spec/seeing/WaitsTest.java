package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.race;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.Weft.waitUntil;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.observe.Wait;
import dev.weft.spec.support.Source;
import dev.weft.sync.AsyncBarrier;
import dev.weft.sync.AsyncCondition;
import dev.weft.sync.AsyncEvent;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A suspended task says what it waits for. */
@Timeout(20)
class WaitsTest {
    private static void run(AsyncCallable<Void> main) {
        run(false, main);
    }

    private static void run(boolean isDebug, AsyncCallable<Void> main) {
        try (Runner runner = Weft.runner().virtualTime().debug(isDebug)) {
            runner.run(main);
        }
    }

    /** Starts a task, lets it run until it is suspended, and returns what it waits for. */
    @Async
    private static <T> Coroutine<String> waitOf(AsyncCallable<T> body) {
        Task<?> task = Task.create("subject", body);
        await(sleep(ZERO));
        await(sleep(ZERO));
        Wait wait = task.waitsFor();
        return Coroutine.of(wait == null ? "nothing" : wait.text());
    }

    @Test
    void aTaskThatCanRunWaitsForNothing() {
        run(
                () -> {
                    assertThat(Objects.requireNonNull(Task.current()).waitsFor()).isNull();
                    Task<Void> created = Task.create(() -> Coroutine.done());
                    assertThat(created.waitsFor()).isNull();
                    await(created);
                    assertThat(created.waitsFor()).isNull();
                    return Coroutine.done();
                });
    }

    @Test
    void aSleepSaysTheTimeThatIsLeft() {
        run(
                () -> {
                    Task<Void> task = Task.create(() -> sleep(ofSeconds(3)));
                    await(sleep(ofMillis(500)));
                    assertThat(task.waitsFor()).hasToString("2.5 s of sleep");
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitOfATaskNamesTheTask() {
        run(
                () -> {
                    Task<Void> saver = Task.create("saver", () -> sleep(ofSeconds(1)));
                    Task<Void> waiter = Task.create(() -> Coroutine.of(await(saver)));
                    await(sleep(ZERO));
                    Wait wait = Objects.requireNonNull(waiter.waitsFor());
                    assertThat(wait.text()).isEqualTo("task saver");
                    assertThat(wait.tasks()).containsExactly(saver.id());
                    return Coroutine.done();
                });
    }

    @Test
    void aTimeoutSaysWhatItsOperationWaitsFor() {
        run(
                () -> {
                    Task<Void> saver = Task.create("saver", () -> sleep(ofSeconds(1)));
                    assertThat(await(waitOf(() -> timeout(ofSeconds(9), saver))))
                            .isEqualTo("task saver");
                    assertThat(await(waitOf(() -> Coroutine.of(await(shield(saver))))))
                            .isEqualTo("task saver");
                    return Coroutine.done();
                });
    }

    @Test
    void aQueueSaysItsCapacityAndThePlace() {
        run(
                () -> {
                    AsyncQueue<Integer> full = new AsyncQueue<>(1);
                    full.tryPut(1);
                    assertThat(await(waitOf(() -> full.put(2))))
                            .isEqualTo("queue of 1, full (1st of 1)");
                    assertThat(await(waitOf(() -> full.put(3))))
                            .isEqualTo("queue of 1, full (2nd of 2)");
                    AsyncQueue<Integer> empty = new AsyncQueue<>();
                    assertThat(await(waitOf(() -> Coroutine.of(await(empty.get())))))
                            .isEqualTo("queue, empty (1st of 1)");
                    assertThat(await(waitOf(() -> full.join()))).contains("AsyncQueue@");
                    return Coroutine.done();
                });
    }

    @Test
    void aLockNamesItsHolder() {
        run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    Task<Void> holder =
                            Task.create("holder", () -> lock.with(() -> sleep(ofSeconds(1))));
                    await(sleep(ZERO));
                    assertThat(await(waitOf(() -> lock.acquire())))
                            .matches("AsyncLock@\\p{XDigit}+ \\(held by task holder, 1st of 1\\)");
                    Task<Void> second = Task.create(() -> lock.acquire());
                    await(sleep(ZERO));
                    assertThat(Objects.requireNonNull(second.waitsFor()).tasks())
                            .containsExactly(holder.id());
                    await(holder);
                    assertThat(second.waitsFor()).asString().contains("held by task subject");
                    return Coroutine.done();
                });
    }

    @Test
    void inDebugModeALockSaysWhereItWasAcquired() {
        run(
                true,
                () -> {
                    AsyncLock lock = new AsyncLock();
                    Task<Void> holder = Task.create("holder", () -> holds(lock));
                    await(sleep(ZERO));
                    int line = Source.lineOf(WaitsTest.class, "where the lock is acquired");
                    String place = "WaitsTest.holds:" + line;
                    assertThat(await(waitOf(() -> lock.acquire())))
                            .contains("(held since " + place + " by task holder, 1st of 1)");
                    holder.cancel();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> holds(AsyncLock lock) {
        await(lock.acquire()); // where the lock is acquired
        await(sleep(ofSeconds(1)));
        lock.release();
        return Coroutine.done();
    }

    @Test
    void theOtherPrimitivesSayTheirState() {
        run(
                () -> {
                    AsyncSemaphore semaphore = AsyncSemaphore.bounded(3);
                    await(semaphore.acquire(2));
                    assertThat(await(waitOf(() -> semaphore.acquire(2))))
                            .endsWith("(1 free, needs 2, 1st of 1)");
                    AsyncEvent event = new AsyncEvent();
                    assertThat(await(waitOf(() -> event.waitFor())))
                            .matches("AsyncEvent@\\p{XDigit}+, not set \\(1st of 1\\)");
                    AsyncBarrier barrier = new AsyncBarrier(3);
                    assertThat(await(waitOf(() -> Coroutine.of(await(barrier.arrive())))))
                            .endsWith(", 1 of 3 parties");
                    AsyncCondition condition = new AsyncCondition();
                    assertThat(await(waitOf(() -> condition.lock().with(condition::waitFor))))
                            .endsWith(", not signalled (1st of 1)");
                    return Coroutine.done();
                });
    }

    @Test
    void groupsAndCombinationsCountTheirTasks() {
        run(
                () -> {
                    assertThat(await(waitOf(() -> twoChildren()))).isEqualTo("task group, 2 tasks");
                    assertThat(await(waitOf(() -> Coroutine.of(await(gather(nap(), nap()))))))
                            .isEqualTo("gather of 2, 2 pending");
                    assertThat(await(waitOf(() -> race(() -> nap(), () -> nap()))))
                            .isEqualTo("race of 2, 2 running");
                    Deferred<Void> promise = new Promise<>();
                    assertThat(
                                    await(
                                            waitOf(
                                                    () ->
                                                            waitUntil(
                                                                    ReturnWhen.ALL_COMPLETED,
                                                                    List.of(promise)))))
                            .isEqualTo("ALL_COMPLETED of 1, 1 pending");
                    return Coroutine.done();
                });
    }

    private static Coroutine<Void> nap() {
        return sleep(ofSeconds(1));
    }

    private static Coroutine<Void> twoChildren() {
        return TaskGroup.scope(
                group -> {
                    group.create(nap());
                    group.create(nap());
                    return Coroutine.done();
                });
    }

    @Test
    void aPromiseSaysInDebugModeWhereItWasMade() {
        run(
                () -> {
                    Promise<Void> promise = new Promise<>();
                    assertThat(await(waitOf(() -> Coroutine.of(await(promise)))))
                            .isEqualTo("promise");
                    return Coroutine.done();
                });
        run(
                true,
                () -> {
                    Promise<Void> promise = new Promise<>();
                    assertThat(await(waitOf(() -> Coroutine.of(await(promise)))))
                            .startsWith(
                                    "promise made at WaitsTest.aPromiseSaysInDebugModeWhereItWasMade:");
                    return Coroutine.done();
                });
    }

    @Test
    void workOutsideIsNamed() {
        run(
                () -> {
                    CompletableFuture<Void> future = new CompletableFuture<>();
                    assertThat(await(waitOf(() -> Coroutine.of(await(future)))))
                            .isEqualTo("CompletableFuture, outside");
                    future.complete(null);
                    CountDownLatch begun = new CountDownLatch(1);
                    CountDownLatch end = new CountDownLatch(1);
                    Task<Void> task =
                            Task.create(
                                    () ->
                                            Coroutine.of(
                                                    await(
                                                            blocking(
                                                                    () -> {
                                                                        begun.countDown();
                                                                        end.await();
                                                                    }))));
                    await(blocking(() -> begun.await()));
                    assertThat(task.waitsFor()).asString().startsWith("blocking work on thread ");
                    end.countDown();
                    await(task);
                    return Coroutine.done();
                });
    }

    @Test
    void placesFarBehindAreNotCounted() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(
                    () -> {
                        AsyncLock lock = new AsyncLock();
                        await(lock.acquire());
                        for (int i = 0; i < 100_000; i++) {
                            Task.create(() -> lock.acquire());
                        }
                        await(sleep(ZERO));
                        assertThat(EventLoop.current().snapshot().tasks().get(9_999).waitsFor())
                                .asString()
                                .endsWith("behind the first 1000 of 100000)");
                        lock.release();
                        return Coroutine.done();
                    });
        }
    }
}
