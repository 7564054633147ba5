package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 9: a cancellation is a request. */
class Rule09RequestsTest {
    @Test
    void cancelReturnsFalseAndChangesNothingWhenTheTaskIsDone() {
        VirtualTime.run(
                () -> {
                    Task<Integer> succeeded = Task.create(() -> Coroutine.of(1));
                    Task<Integer> failed =
                            Task.create(() -> Coroutine.failed(new IllegalStateException()));
                    Task<Integer> cancelled = Task.create(() -> Coroutine.of(1));
                    cancelled.cancel("first");
                    await(iterations(1));
                    for (Task<Integer> task : List.of(succeeded, failed, cancelled)) {
                        int before = task.cancelling();
                        assertThat(task.cancel("late")).isFalse();
                        assertThat(task.cancelling()).isEqualTo(before);
                    }
                    assertThat(succeeded.result()).isEqualTo(1);
                    assertThat(failed.exception()).isInstanceOf(IllegalStateException.class);
                    assertThat(await(thrownBy(cancelled))).hasMessage("first");
                    return Coroutine.done();
                });
    }

    @Test
    void everyRequestToAPendingTaskReturnsTrueAndIsCounted() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofSeconds(9)));
                    assertThat(task.cancelling()).isZero();
                    await(iterations(1));
                    assertThat(task.cancel()).isTrue();
                    assertThat(task.cancelling()).isEqualTo(1);
                    assertThat(task.cancel("again")).isTrue();
                    assertThat(task.cancelling()).isEqualTo(2);
                    await(iterations(1));
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.cancelling()).isEqualTo(2);
                    return Coroutine.done();
                });
    }

    @Test
    void cancelledBecomesTrueOnlyWhenTheCoroutineHasEnded() {
        VirtualTime.run(
                () -> {
                    Task<Void> task =
                            Task.create(
                                    () -> {
                                        try {
                                            await(sleep(ofSeconds(9)));
                                        } finally {
                                            await(sleep(ofSeconds(3)));
                                        }
                                        return Coroutine.done();
                                    });
                    await(sleep(ofSeconds(1)));
                    task.cancel();
                    assertThat(task.cancelled()).isFalse();
                    assertThat(task.done()).isFalse();
                    assertThat(task.state()).isEqualTo(Task.State.PENDING);
                    await(sleep(ofSeconds(2)));
                    assertThat(task.cancelled()).isFalse();
                    await(sleep(ofSeconds(2)));
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.state()).isEqualTo(Task.State.CANCELLED);
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskThatFailsInItsCleanUpEndsFailedAndNotCancelled() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(failingWhenCancelled());
                    await(iterations(1));
                    task.cancel();
                    assertThat(await(thrownBy(task))).hasMessage("clean-up failed");
                    assertThat(task.cancelled()).isFalse();
                    assertThat(task.state()).isEqualTo(Task.State.FAILED);
                    return Coroutine.done();
                });
    }

    @Test
    void aPromiseIsCancelledAtOnce() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    assertThat(promise.cancel("enough")).isTrue();
                    assertThat(promise.cancelled()).isTrue();
                    assertThat(promise.cancel()).isFalse();
                    assertThat(promise.complete(1)).isFalse();
                    assertThat(await(thrownBy(promise)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void cancellingAGatherCountsAsARequestInEachPendingChild() {
        VirtualTime.run(
                () -> {
                    Task<Integer> done = Task.create(() -> Coroutine.of(1));
                    Task<Integer> pending = Task.create(() -> sleep(ofSeconds(9), 2));
                    Deferred<List<Integer>> gathered = Weft.gather(done, pending);
                    await(iterations(1));
                    assertThat(gathered.cancel()).isTrue();
                    assertThat(done.cancelling()).isZero();
                    assertThat(pending.cancelling()).isEqualTo(1);
                    assertThat(await(thrownBy(gathered))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> failingWhenCancelled() {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError cancelled) {
            throw new IllegalStateException("clean-up failed");
        }
        return Coroutine.done();
    }
}
