package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.AsyncSemaphore;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rule 12: a cancellation while the wake-up of the task is queued. */
class Rule12WakeUpQueuedTest {
    @Test
    void theTaskGetsCancelledErrorInsteadOfTheValueOfAPromise() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<String> task = Task.create(() -> Coroutine.of(await(promise)));
                    await(iterations(1));
                    promise.complete("value");
                    assertThat(task.cancel("too late for the value")).isTrue();
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("too late for the value");
                    assertThat(promise.result()).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void theTaskGetsCancelledErrorInsteadOfTheFailureOfAPromise() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<String> task = Task.create(() -> Coroutine.of(await(promise)));
                    await(iterations(1));
                    promise.fail(new IllegalStateException("lost"));
                    task.cancel("enough");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationOfThePromiseIsNotReplacedByALaterRequest() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<String> task = Task.create(() -> Coroutine.of(await(promise)));
                    await(iterations(1));
                    promise.cancel("first");
                    task.cancel("second");
                    assertThat(await(thrownBy(task))).hasMessage("first");
                    return Coroutine.done();
                });
    }

    @Test
    void theTaskGetsCancelledErrorInsteadOfTheValueOfATask() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    Task<Integer> inner = Task.create(() -> sleep(ofSeconds(1), 1));
                    Task<Integer> outer = Task.create(() -> Coroutine.of(await(inner)));
                    inner.addDoneCallback(
                            done -> {
                                steps.expect(1);
                                outer.cancel();
                            });
                    assertThat(await(thrownBy(outer))).isInstanceOf(CancelledError.class);
                    steps.expect(2);
                    assertThat(inner.cancelling()).isZero();
                    assertThat(await(inner)).isEqualTo(1);
                    return Coroutine.done();
                });
        steps.assertFinished(2);
    }

    @Test
    void aTaskInASleepOfZeroIsCancelledWhenItIsResumed() {
        assertCancelledInTheNextStep(() -> sleep(ZERO));
    }

    @Test
    void aSleeperWhoseTimerHasFiredIsCancelledWhenItIsResumed() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(() -> sleep(ofSeconds(1), "slept"));
                    await(iterations(1));
                    EventLoop.current().callLater(ofSeconds(1), () -> task.cancel("enough"));
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void aSleeperThatIsDueButNotYetWokenIsResumedAfterTheHandlesThatAreReadyNow() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Task<?>[] sleeper = new Task<?>[1];
                    loop.callLater(
                            ofSeconds(1),
                            () -> {
                                steps.expect(1);
                                assertThat(sleeper[0].cancel("enough")).isTrue();
                                assertThat(sleeper[0].cancel("again")).isTrue();
                                loop.callSoon(() -> steps.expect(4));
                            });
                    sleeper[0] =
                            Task.create(
                                    () -> {
                                        Throwable thrown = await(thrownBy(sleep(ofSeconds(1))));
                                        assertThat(thrown).hasMessage("enough");
                                        steps.expect(3);
                                        await(sleep(ofSeconds(1)));
                                        steps.expect(5);
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    loop.callLater(ofSeconds(1), () -> steps.expect(2));
                    await(sleeper[0]);
                    steps.expect(6);
                    return Coroutine.done();
                });
        steps.assertFinished(6);
    }

    @Test
    @SuppressWarnings("weft:blocking-call") // the other thread ends at once
    void theTaskGetsCancelledErrorInsteadOfTheValueOfAStage() {
        VirtualTime.run(
                () -> {
                    CompletableFuture<String> stage = new CompletableFuture<>();
                    Task<String> task = Task.create(() -> Coroutine.of(await(stage)));
                    await(iterations(1));
                    Thread thread = new Thread(() -> stage.complete("value"));
                    thread.start();
                    thread.join();
                    assertThat(task.cancel("enough")).isTrue();
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(stage.join()).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void aLockThatWasGrantedToTheTaskIsGivenBack() {
        VirtualTime.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    await(lock.acquire());
                    Task<Void> cancelled = Task.create(() -> lock.acquire());
                    Task<Void> next = Task.create(() -> lock.acquire());
                    await(iterations(1));
                    lock.release();
                    cancelled.cancel();
                    await(next);
                    assertThat(cancelled.cancelled()).isTrue();
                    lock.release();
                    assertThat(lock.locked()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aPermitThatWasGrantedToTheTaskIsGivenBack() {
        VirtualTime.run(
                () -> {
                    AsyncSemaphore semaphore = new AsyncSemaphore(0);
                    Task<Void> cancelled = Task.create(() -> semaphore.acquire());
                    await(iterations(1));
                    semaphore.release();
                    cancelled.cancel();
                    assertThat(await(thrownBy(cancelled))).isInstanceOf(CancelledError.class);
                    assertThat(semaphore.tryAcquire()).isTrue();
                    assertThat(semaphore.tryAcquire()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void theItemOfAQueueStaysInTheQueue() {
        VirtualTime.run(
                () -> {
                    AsyncQueue<String> queue = new AsyncQueue<>();
                    Task<String> cancelled = Task.create(() -> queue.get());
                    Task<String> next = Task.create(() -> queue.get());
                    await(iterations(1));
                    queue.tryPut("item");
                    cancelled.cancel();
                    assertThat(await(next)).isEqualTo("item");
                    assertThat(cancelled.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    private static <T> void assertCancelledInTheNextStep(AsyncCallable<T> suspension) {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        await(suspension.call());
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    assertThat(task.done()).isFalse();
                    task.cancel("enough");
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }
}
