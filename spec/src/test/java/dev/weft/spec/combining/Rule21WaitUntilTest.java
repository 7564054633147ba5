package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.waitUntil;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.ReturnWhen;
import dev.weft.Task;
import dev.weft.WaitResult;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 21: waitUntil. */
class Rule21WaitUntilTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void firstCompletedReturnsAtTheFirstEndOfAnyKind() {
        VirtualTime.run(
                () -> {
                    Task<Integer> slow = Task.create(sleep(ofSeconds(3), 3));
                    Task<Integer> fast = Task.create(sleep(ofSeconds(1), 1));
                    WaitResult<Integer> waited =
                            await(waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(slow, fast)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(1));
                    assertThat(waited.done()).containsExactly(fast);
                    assertThat(waited.pending()).containsExactly(slow);
                    slow.cancel();
                    waited = await(waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(slow)));
                    assertThat(waited.done()).containsExactly(slow);
                    return Coroutine.done();
                });
    }

    @Test
    void firstExceptionReturnsAtTheFirstFailureButNotAtACancellation() {
        VirtualTime.run(
                () -> {
                    Task<Integer> value = Task.create(sleep(ofSeconds(1), 1));
                    Task<Integer> cancelled = Task.create(sleep(ofSeconds(9), 1));
                    Task<Integer> failed =
                            Task.create(
                                    () -> {
                                        await(sleep(ofSeconds(2)));
                                        throw new IllegalStateException("failure");
                                    });
                    Task<Integer> slow = Task.create(sleep(ofSeconds(3), 3));
                    await(iterations(1));
                    cancelled.cancel();
                    WaitResult<Integer> waited =
                            await(
                                    waitUntil(
                                            ReturnWhen.FIRST_EXCEPTION,
                                            List.of(slow, failed, cancelled, value)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(waited.done()).containsExactly(failed, cancelled, value);
                    assertThat(waited.pending()).containsExactly(slow);
                    assertThat(failed.exception()).hasMessage("failure");
                    waited = await(waitUntil(ReturnWhen.FIRST_EXCEPTION, List.of(slow, value)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(3));
                    assertThat(waited.pending()).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void allCompletedReturnsWhenTheLastHasEnded() {
        VirtualTime.run(
                () -> {
                    Task<Integer> slow = Task.create(sleep(ofSeconds(3), 3));
                    Promise<Integer> promise = new Promise<>();
                    promise.fail(new IllegalStateException());
                    Task<Integer> fast = Task.create(sleep(ofSeconds(1), 1));
                    WaitResult<Integer> waited =
                            await(
                                    waitUntil(
                                            ReturnWhen.ALL_COMPLETED,
                                            List.of(slow, promise, fast, slow)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(3));
                    assertThat(waited.done()).containsExactly(slow, promise, fast);
                    assertThat(waited.pending()).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void theLimitEndsTheWaitAndCancelsNothing() {
        VirtualTime.run(
                () -> {
                    Task<Integer> slow = Task.create(sleep(ofSeconds(3), 3));
                    Task<Integer> fast = Task.create(sleep(ofSeconds(1), 1));
                    WaitResult<Integer> waited =
                            await(
                                    waitUntil(
                                            ReturnWhen.ALL_COMPLETED,
                                            ofSeconds(2),
                                            List.of(slow, fast)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(waited.done()).containsExactly(fast);
                    assertThat(waited.pending()).containsExactly(slow);
                    assertThat(slow.cancelling()).isZero();
                    waited = await(waitUntil(ReturnWhen.ALL_COMPLETED, ZERO, List.of(slow)));
                    assertThat(elapsed()).isEqualTo(ofSeconds(2));
                    assertThat(waited.pending()).containsExactly(slow);
                    assertThat(await(slow)).isEqualTo(3);
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });
    }

    @Test
    void cancellingTheWaiterCancelsNothingElse() {
        VirtualTime.run(
                () -> {
                    Task<Integer> child = Task.create(sleep(ofSeconds(3), 3));
                    Task<WaitResult<Integer>> waiter =
                            Task.create(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(child)));
                    await(iterations(2));
                    waiter.cancel("enough");
                    assertThat(await(thrownBy(waiter)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(child.cancelling()).isZero();
                    assertThat(await(child)).isEqualTo(3);
                    return Coroutine.done();
                });
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // the call throws
    void waitUntilOfNothingIsRefusedAtTheCall() {
        VirtualTime.run(
                () -> {
                    assertThatThrownBy(() -> waitUntil(ReturnWhen.ALL_COMPLETED, List.of()))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(
                                    () ->
                                            waitUntil(
                                                    ReturnWhen.FIRST_COMPLETED,
                                                    ofSeconds(1),
                                                    List.of()))
                            .isInstanceOf(IllegalArgumentException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureSeenOnlyByWaitUntilIsReported() {
        program.run(
                () -> {
                    Task<Integer> failed =
                            Task.create(
                                    () -> Coroutine.failed(new IllegalStateException("unseen")));
                    await(waitUntil(ReturnWhen.ALL_COMPLETED, List.of(failed)));
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).containsExactly("unseen");
    }

    @Test
    void aHundredThousandPromisesThatEndInReverseOrderTakeLinearTime() {
        VirtualTime.run(
                () -> {
                    List<Promise<Integer>> promises = new ArrayList<>();
                    for (int i = 0; i < 100_000; i++) {
                        promises.add(new Promise<>());
                    }
                    Task<WaitResult<Integer>> waiter =
                            Task.create(waitUntil(ReturnWhen.ALL_COMPLETED, promises));
                    await(iterations(1));
                    for (int i = promises.size() - 1; i >= 0; i--) {
                        promises.get(i).complete(i);
                        if (i % 10 == 0) {
                            await(iterations(1));
                        }
                    }
                    assertThat(await(waiter).done()).hasSize(100_000);
                    return Coroutine.done();
                });
    }
}
