package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
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
import org.junit.jupiter.api.Test;

/** Rule 14: a task that cancels itself. */
class Rule14CancellingItselfTest {
    @Test
    void aTaskThatCancelsItselfAndThenReturnsEndsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task =
                            Task.create(
                                    () -> {
                                        cancelSelf();
                                        return Coroutine.of(1);
                                    });
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("self");
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatCancelsItselfAfterASuspensionAndReturnsEndsCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task = Task.create(cancelsItselfLate());
                    assertThat(await(thrownBy(task))).hasMessage("self");
                    return Coroutine.done();
                });
    }

    @Test
    void aMainTaskThatCancelsItselfAndReturnsEndsCancelled() {
        assertThatThrownBy(
                        () ->
                                VirtualTime.run(
                                        () -> {
                                            cancelSelf();
                                            return Coroutine.of(1);
                                        }))
                .isInstanceOf(CancelledError.class)
                .hasMessage("self");
    }

    @Test
    void aTaskThatCancelsItselfAndThenThrowsHasFailed() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task =
                            Task.create(
                                    () -> {
                                        cancelSelf();
                                        throw new IllegalStateException("failure");
                                    });
                    assertThat(await(thrownBy(task))).hasMessage("failure");
                    assertThat(task.cancelled()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void awaitsThatDoNotSuspendDoNotDeliverTheCancellation() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> done = new Promise<>();
                    done.complete(1);
                    int[] reached = {0};
                    Task<Integer> task =
                            Task.create(
                                    () -> {
                                        cancelSelf();
                                        reached[0] += await(done);
                                        reached[0] += await(Coroutine.of(1));
                                        reached[0] += await(inline());
                                        await(sleep(ofSeconds(9)));
                                        reached[0] += 100;
                                        return Coroutine.of(1);
                                    });
                    assertThat(await(thrownBy(task))).hasMessage("self");
                    assertThat(reached[0]).isEqualTo(3);
                    assertThat(elapsed()).isZero();
                    return Coroutine.done();
                });
    }

    @Test
    void theFirstAwaitThatSuspendsDeliversTheCancellationInALaterIteration() {
        VirtualTime.run(
                () -> {
                    for (Coroutine<?> suspends :
                            new Coroutine<?>[] {
                                sleep(ZERO), sleep(ofSeconds(9)), sleep(ofSeconds(Long.MAX_VALUE))
                            }) {
                        Task<Boolean> task =
                                Task.create(
                                        () -> {
                                            boolean[] turned = {false};
                                            EventLoop.current().callSoon(() -> turned[0] = true);
                                            cancelSelf();
                                            assertThat(await(thrownBy(suspends)))
                                                    .isInstanceOf(CancelledError.class)
                                                    .hasMessage("self");
                                            return Coroutine.of(turned[0]);
                                        });
                        assertThat(await(task)).isTrue();
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void thePromiseOrTaskThatIsAwaitedNextIsCancelledFirst() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Task<Void> inner = Task.create(sleep(ofSeconds(9)));
                    await(iterations(1));
                    Task<Void> first =
                            Task.create(
                                    () -> {
                                        cancelSelf();
                                        await(promise);
                                        return Coroutine.done();
                                    });
                    Task<Void> second =
                            Task.create(
                                    () -> {
                                        cancelSelf();
                                        await(inner);
                                        return Coroutine.done();
                                    });
                    assertThat(await(thrownBy(first))).hasMessage("self");
                    assertThat(promise.cancelled()).isTrue();
                    assertThat(await(thrownBy(second))).hasMessage("self");
                    assertThat(inner.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void theCancellationIsDeliveredOnce() {
        VirtualTime.run(
                () -> {
                    Task<String> task =
                            Task.create(
                                    () -> {
                                        cancelSelf();
                                        await(thrownBy(sleep(ofSeconds(9))));
                                        return sleep(ofSeconds(1), "went on");
                                    });
                    assertThat(await(task)).isEqualTo("went on");
                    assertThat(task.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    private static void cancelSelf() {
        assertThat(Task.current().cancel("self")).isTrue();
        assertThat(Task.current().cancelled()).isFalse();
    }

    @Async
    private static Coroutine<Integer> cancelsItselfLate() {
        await(sleep(ofSeconds(1)));
        cancelSelf();
        return Coroutine.of(1);
    }

    @Async
    private static Coroutine<Integer> inline() {
        return Coroutine.of(await(Coroutine.of(1)));
    }
}
