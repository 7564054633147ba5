package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 13: several requests, and cancellations that are swallowed. */
class Rule13TwoRequestsTest {
    @Test
    void twoRequestsBeforeDeliveryAreOneExceptionWithTheFirstMessage() {
        assertOneException(() -> sleep(ofSeconds(9)));
        assertOneException(() -> sleep(ofSeconds(Long.MAX_VALUE)));
        assertOneException(() -> sleep(ZERO));
        assertOneException(() -> Coroutine.of(await(new Promise<>())));
        assertOneException(() -> Coroutine.of(await(Task.create(sleep(ofSeconds(9))))));
        assertOneException(() -> Coroutine.of(await(Weft.gather(sleep(ofSeconds(9))))));
        assertOneException(() -> Coroutine.of(await(Weft.shield(sleep(ofSeconds(9))))));
        assertOneException(() -> Weft.timeout(ofSeconds(9), sleep(ofSeconds(9))));
    }

    @Test
    void twoRequestsBeforeTheStartAreOneExceptionWithTheFirstMessage() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ZERO));
                    task.cancel("first");
                    task.cancel("second");
                    assertThat(await(thrownBy(task))).hasMessage("first");
                    assertThat(task.cancelling()).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    @Test
    void twoRequestsWhileTheWakeUpIsQueuedAreOneExceptionWithTheFirstMessage() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    List<String> messages = new ArrayList<>();
                    Task<Void> task = Task.create(() -> noting(promise, messages));
                    await(iterations(1));
                    promise.complete(1);
                    task.cancel("first");
                    task.cancel("second");
                    await(task);
                    assertThat(messages).containsExactly("first");
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestAfterTheDeliveryOfTheFirstIsASecondException() {
        VirtualTime.run(
                () -> {
                    List<String> messages = new ArrayList<>();
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        await(noting(sleep(ofSeconds(9)), messages));
                                        await(noting(sleep(ofSeconds(9)), messages));
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    task.cancel("first");
                    await(iterations(1));
                    task.cancel("second");
                    await(task);
                    assertThat(messages).containsExactly("first", "second");
                    assertThat(task.cancelling()).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    @Test
    void cancelWithoutAMessageAndCancelNullGiveANullMessage() {
        VirtualTime.run(
                () -> {
                    Task<Void> without = Task.create(sleep(ofSeconds(9)));
                    Task<Void> withNull = Task.create(sleep(ofSeconds(9)));
                    Task<Void> unstarted = Task.create(sleep(ofSeconds(9)));
                    Promise<Void> promise = new Promise<>();
                    unstarted.cancel(null);
                    await(iterations(1));
                    without.cancel();
                    withNull.cancel(null);
                    promise.cancel();
                    for (var cancelled : List.of(without, withNull, unstarted, promise)) {
                        assertThat(await(thrownBy(cancelled)))
                                .isInstanceOf(CancelledError.class)
                                .hasMessage(null);
                    }
                    return Coroutine.done();
                });
    }

    @Test
    void theMessageIsNullIfTheFirstOfTwoRequestsHasNone() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofSeconds(9)));
                    await(iterations(1));
                    task.cancel();
                    task.cancel("second");
                    assertThat(await(thrownBy(task))).hasMessage(null);
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatSwallowsACancellationContinues() {
        VirtualTime.run(
                () -> {
                    Task<String> task =
                            Task.create(
                                    () -> {
                                        try {
                                            await(sleep(ofSeconds(9)));
                                        } catch (CancelledError swallowed) {
                                            await(sleep(ofSeconds(1)));
                                        }
                                        return sleep(ofSeconds(1), "went on");
                                    });
                    await(iterations(1));
                    task.cancel();
                    assertThat(await(task)).isEqualTo("went on");
                    assertThat(task.cancelled()).isFalse();
                    assertThat(task.state()).isEqualTo(Task.State.SUCCEEDED);
                    assertThat(task.cancelling()).isEqualTo(1);
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    return Coroutine.done();
                });
    }

    private static <T> void assertOneException(AsyncCallable<T> awaited) {
        VirtualTime.run(
                () -> {
                    List<String> messages = new ArrayList<>();
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        await(noting(awaited.call(), messages));
                                        await(sleep(ofSeconds(1)));
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    assertThat(task.cancel("first")).isTrue();
                    assertThat(task.cancel("second")).isTrue();
                    await(task);
                    assertThat(messages).containsExactly("first");
                    assertThat(task.cancelling()).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    private static Coroutine<Void> noting(dev.weft.Awaitable<?> awaited, List<String> messages) {
        return Coroutine.from(
                () -> {
                    messages.add(await(thrownBy(awaited)).getMessage());
                    return Coroutine.done();
                });
    }
}
