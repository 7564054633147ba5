package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Rule 19: timeouts of zero or less, and closed coroutines. */
class Rule19ZeroTimeoutTest {
    private static final List<Duration> NONE =
            List.of(ZERO, ofNanos(-1), ofSeconds(-5), ofSeconds(Long.MIN_VALUE));

    private boolean started;

    @Test
    void anAwaitableThatIsDoneGivesItsResult() {
        VirtualTime.run(
                () -> {
                    Task<Integer> succeeded = Task.create(() -> Coroutine.of(1));
                    Task<Integer> failed =
                            Task.create(
                                    () -> Coroutine.failed(new IllegalStateException("failed")));
                    Task<Integer> cancelled = Task.create(sleep(ZERO, 1));
                    cancelled.cancel("cancelled");
                    await(iterations(2));
                    for (Duration none : NONE) {
                        assertThat(await(timeout(none, succeeded))).isEqualTo(1);
                        assertThat(await(thrownBy(timeout(none, failed)))).hasMessage("failed");
                        assertThat(await(thrownBy(timeout(none, cancelled))))
                                .isInstanceOf(CancelledError.class)
                                .hasMessage("cancelled");
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitableThatIsDoneIsTakenWithoutASuspension() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> done = new Promise<>();
                    done.complete(1);
                    boolean[] suspended = {false};
                    EventLoop.current().callSoon(() -> suspended[0] = true);
                    assertThat(await(timeout(ZERO, done))).isEqualTo(1);
                    assertThat(suspended[0]).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aCoroutineIsClosedWithoutStarting() {
        VirtualTime.run(
                () -> {
                    for (Duration none : NONE) {
                        Coroutine<Integer> coroutine = starting();
                        assertThat(await(thrownBy(timeout(none, coroutine))))
                                .isInstanceOf(TimeoutException.class);
                        assertThat(await(thrownBy(coroutine)))
                                .isInstanceOf(IllegalStateException.class);
                    }
                    assertThat(elapsed()).isZero();
                    return Coroutine.done();
                });

        assertThat(started).isFalse();
    }

    @Test
    void aPendingTaskIsCancelledAndAwaited() {
        VirtualTime.run(
                () -> {
                    for (Duration none : NONE) {
                        Duration begun = elapsed();
                        Task<Void> task = Task.create(slowToEnd());
                        await(iterations(1));
                        Throwable thrown = await(thrownBy(timeout(none, task)));
                        assertThat(thrown)
                                .isInstanceOf(TimeoutException.class)
                                .hasCauseInstanceOf(CancelledError.class);
                        assertThat(task.cancelled()).isTrue();
                        assertThat(elapsed()).isEqualTo(begun.plusSeconds(5));
                        assertThat(Task.current().cancelling()).isZero();
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatSwallowsTheCancellationGivesItsValue() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task = Task.create(swallowing());
                    await(iterations(1));
                    assertThat(await(timeout(ZERO, task))).isEqualTo(2);
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    void aPendingPromiseIsCancelled() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    assertThat(await(thrownBy(timeout(ZERO, promise))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(promise.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatHasNotStartedNeverStarts() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task = Task.create(starting());
                    assertThat(await(thrownBy(timeout(ZERO, task))))
                            .isInstanceOf(TimeoutException.class);
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });

        assertThat(started).isFalse();
    }

    @Test
    void aCoroutineThatWasClosedCannotBeAwaitedOrStarted() {
        VirtualTime.run(
                () -> {
                    Coroutine<Integer> closed = starting();
                    closed.close();
                    assertThat(await(thrownBy(closed))).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> Task.create(closed))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(await(thrownBy(timeout(ofSeconds(1), closed))))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });

        assertThat(started).isFalse();
    }

    @Test
    void closingTwiceOrAfterTheEndIsHarmless() {
        VirtualTime.run(
                () -> {
                    Coroutine<Integer> closed = starting();
                    closed.close();
                    closed.close();
                    Coroutine<Integer> ended = swallowing();
                    assertThat(await(timeout(ofSeconds(99), ended))).isEqualTo(1);
                    ended.close();
                    Coroutine<Integer> running = sleep(ofSeconds(1), 3);
                    Task<Integer> task = Task.create(running);
                    await(iterations(1));
                    running.close();
                    assertThat(await(task)).isEqualTo(3);
                    Coroutine<Integer> ready = Coroutine.of(4);
                    ready.close();
                    assertThat(await(ready)).isEqualTo(4);
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<Integer> starting() {
        started = true;
        await(iterations(1));
        return Coroutine.of(1);
    }

    @Async
    private static Coroutine<Void> slowToEnd() {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            await(sleep(ofSeconds(5)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Integer> swallowing() {
        try {
            return sleep(ofSeconds(9), 1);
        } catch (CancelledError error) {
            return Coroutine.of(2);
        }
    }
}
