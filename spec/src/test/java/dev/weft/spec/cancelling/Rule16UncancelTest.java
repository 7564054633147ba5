package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import org.junit.jupiter.api.Test;

/** Rule 16: uncancel takes a request back. */
class Rule16UncancelTest {
    @Test
    void uncancelLowersTheCountButNeverBelowZero() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofSeconds(9)));
                    assertThat(task.uncancel()).isZero();
                    await(iterations(1));
                    task.cancel();
                    task.cancel();
                    assertThat(task.uncancel()).isEqualTo(1);
                    assertThat(task.cancelling()).isEqualTo(1);
                    assertThat(task.uncancel()).isZero();
                    assertThat(task.uncancel()).isZero();
                    assertThat(task.cancelling()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void uncancelBeforeTheStartDropsTheRequest() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(sleep(ofSeconds(1), "ran"));
                    task.cancel();
                    assertThat(task.uncancel()).isZero();
                    assertThat(await(task)).isEqualTo("ran");
                    return Coroutine.done();
                });
    }

    @Test
    void uncancelWhileTheWakeUpIsQueuedDropsTheRequestAndTheValueArrives() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<String> task = Task.create(() -> Coroutine.of(await(promise)));
                    await(iterations(1));
                    promise.complete("value");
                    task.cancel();
                    task.uncancel();
                    assertThat(await(task)).isEqualTo("value");
                    return Coroutine.done();
                });
    }

    @Test
    void uncancelDuringASleepOfZeroDropsTheRequest() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(() -> sleep(ZERO, "went on"));
                    await(iterations(1));
                    task.cancel();
                    task.uncancel();
                    assertThat(await(task)).isEqualTo("went on");
                    return Coroutine.done();
                });
    }

    @Test
    void uncancelAfterTheTimerOfASleeperHasFiredDropsTheRequest() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(sleep(ofSeconds(1), "slept"));
                    await(iterations(1));
                    EventLoop.current()
                            .callLater(
                                    ofSeconds(1),
                                    () -> {
                                        task.cancel();
                                        task.uncancel();
                                    });
                    assertThat(await(task)).isEqualTo("slept");
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskMayTakeBackItsOwnRequest() {
        VirtualTime.run(
                () -> {
                    Task<String> returns =
                            Task.create(
                                    () -> {
                                        Task.current().cancel();
                                        Task.current().uncancel();
                                        return Coroutine.of("returned");
                                    });
                    Task<String> suspends =
                            Task.create(
                                    () -> {
                                        Task.current().cancel();
                                        Task.current().uncancel();
                                        return sleep(ofSeconds(1), "slept");
                                    });
                    assertThat(await(returns)).isEqualTo("returned");
                    assertThat(await(suspends)).isEqualTo("slept");
                    return Coroutine.done();
                });
    }

    @Test
    void uncancelDropsNothingWhileRequestsAreLeft() {
        VirtualTime.run(
                () -> {
                    Task<String> task = Task.create(sleep(ofSeconds(1), "ran"));
                    task.cancel("first");
                    task.cancel("second");
                    assertThat(task.uncancel()).isEqualTo(1);
                    assertThat(await(thrownBy(task))).hasMessage("first");
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestAlreadyForwardedToTheAwaitedPromiseTaskOrSleepIsDelivered() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<Void> inner = Task.create(sleep(ofSeconds(9)));
                    Task<String> onPromise = Task.create(() -> Coroutine.of(await(promise)));
                    Task<Void> onTask = Task.create(() -> Coroutine.of(await(inner)));
                    Task<Void> onSleep = Task.create(sleep(ofSeconds(9)));
                    Task<Void> onEndlessSleep = Task.create(sleep(ofSeconds(Long.MAX_VALUE)));
                    await(iterations(1));
                    for (Task<?> task :
                            new Task<?>[] {onPromise, onTask, onSleep, onEndlessSleep}) {
                        task.cancel("forwarded");
                        assertThat(task.uncancel()).isZero();
                        assertThat(await(thrownBy(task)))
                                .isInstanceOf(CancelledError.class)
                                .hasMessage("forwarded");
                        assertThat(task.cancelling()).isZero();
                    }
                    assertThat(inner.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestThatEndedASleepWhoseTimerWasDueIsDelivered() {
        VirtualTime.run(
                () -> {
                    Task<?>[] sleeper = new Task<?>[1];
                    EventLoop.current()
                            .callLater(
                                    ofSeconds(1),
                                    () -> {
                                        sleeper[0].cancel("before its timer's turn");
                                        sleeper[0].uncancel();
                                    });
                    sleeper[0] = Task.create(sleep(ofSeconds(1)));
                    assertThat(await(thrownBy(sleeper[0]))).hasMessage("before its timer's turn");
                    return Coroutine.done();
                });
    }

    @Test
    void aTasksOwnRequestIsDeliveredOnceASuspensionHasForwardedIt() {
        VirtualTime.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<String> task =
                            Task.create(
                                    () -> {
                                        Task.current().cancel("self");
                                        return Coroutine.of(await(promise));
                                    });
                    await(iterations(1));
                    assertThat(task.uncancel()).isZero();
                    assertThat(await(thrownBy(task))).hasMessage("self");
                    return Coroutine.done();
                });
    }
}
