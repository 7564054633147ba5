package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
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
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 20: the cancellation of a gather. */
class Rule20GatherCancelledTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void cancellingAGatherCancelsEveryChild() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ofSeconds(9)));
                    Promise<Void> promise = new Promise<>();
                    Deferred<List<Void>> gathered = gather(task, promise, sleep(ofSeconds(9)));
                    await(iterations(1));
                    assertThat(gathered.cancel("enough")).isTrue();
                    assertThat(gathered.cancelled()).isFalse();
                    assertThat(await(thrownBy(gathered)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(gathered.cancelled()).isTrue();
                    assertThat(task.cancelled() && promise.cancelled()).isTrue();
                    assertThat(Task.all()).hasSize(1);
                    assertThat(elapsed()).isZero();
                    assertThat(gathered.cancel()).isFalse();
                    return Coroutine.done();
                });
    }

    @Test
    void aChildThatIsGatheredTwiceIsCancelledOnce() {
        VirtualTime.run(
                () -> {
                    Task<Void> child = Task.create(sleep(ofSeconds(9)));
                    await(iterations(1));
                    gather(child, child).cancel();
                    assertThat(child.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
    }

    @Test
    void aChildThatAwaitsItsOwnGatherCanBeCancelled() {
        VirtualTime.run(
                () -> {
                    List<Task<Void>> self = new ArrayList<>();
                    self.add(Task.create(() -> awaitsAll(self)));
                    await(iterations(1));
                    assertThat(self.get(0).cancel("enough")).isTrue();
                    assertThat(await(thrownBy(self.get(0))))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> awaitsAll(List<Task<Void>> tasks) {
        await(gather(tasks));
        return Coroutine.done();
    }

    @Test
    void cancellingTheAwaiterOfAGatherCancelsTheChildren() {
        VirtualTime.run(
                () -> {
                    Task<Void> child = Task.create(sleep(ofSeconds(9)));
                    Task<List<Void>> awaiter =
                            Task.create(() -> Coroutine.of(await(gather(child))));
                    await(iterations(1));
                    awaiter.cancel("enough");
                    assertThat(await(thrownBy(awaiter)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(child.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void aCancelledGatherCompletesOnlyWhenEveryChildHasEnded() {
        VirtualTime.run(
                () -> {
                    Task<Void> quick = Task.create(slowToEnd(1));
                    Task<Void> slow = Task.create(slowToEnd(5));
                    Task<List<Void>> awaiter =
                            Task.create(() -> Coroutine.of(await(gather(slow, quick))));
                    await(iterations(1));
                    awaiter.cancel();
                    await(sleep(ofSeconds(4)));
                    assertThat(quick.cancelled()).isTrue();
                    assertThat(awaiter.done()).isFalse();
                    await(thrownBy(awaiter));
                    assertThat(slow.cancelled() && awaiter.cancelled()).isTrue();
                    assertThat(elapsed()).isEqualTo(ofSeconds(5));
                    return Coroutine.done();
                });
    }

    @Test
    void aGatherIsCancelledEvenIfItsChildrenSwallowTheCancellation() {
        VirtualTime.run(
                () -> {
                    Deferred<List<String>> gathered = gather(swallowing(), swallowing());
                    await(iterations(1));
                    gathered.cancel();
                    assertThat(await(thrownBy(gathered))).isInstanceOf(CancelledError.class);
                    assertThat(gathered.cancelled()).isTrue();
                    return Coroutine.done();
                });
    }

    @Test
    void theFailureOfAChildInItsCleanUpWins() {
        VirtualTime.run(
                () -> {
                    Deferred<List<Void>> gathered =
                            gather(slowToEnd(5), failingInItsCleanUp("first", 1), slowToEnd(3));
                    await(iterations(1));
                    gathered.cancel();
                    assertThat(await(thrownBy(gathered))).hasMessage("first");
                    assertThat(gathered.cancelled()).isFalse();
                    assertThat(elapsed()).isEqualTo(ofSeconds(5));
                    return Coroutine.done();
                });
    }

    @Test
    void furtherFailuresInCleanUpsAreSuppressedInTheFirst() {
        VirtualTime.run(
                () -> {
                    Deferred<List<Void>> gathered =
                            gather(
                                    failingInItsCleanUp("second", 2),
                                    failingInItsCleanUp("first", 1));
                    await(iterations(1));
                    gathered.cancel();
                    Throwable thrown = await(thrownBy(gathered));
                    assertThat(thrown).hasMessage("first");
                    assertThat(thrown.getSuppressed())
                            .singleElement()
                            .extracting(Throwable::getMessage)
                            .isEqualTo("second");
                    return Coroutine.done();
                });
    }

    @Test
    void cancellingOneChildCancelsTheGatherAndTheOtherChildrenContinue() {
        VirtualTime.run(
                () -> {
                    Task<String> child = Task.create(sleep(ofSeconds(9), "child"));
                    Task<String> other = Task.create(sleep(ofSeconds(3), "other"));
                    Deferred<List<String>> gathered = gather(other, child);
                    await(iterations(1));
                    child.cancel("child only");
                    assertThat(await(thrownBy(gathered)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("child only");
                    assertThat(gathered.cancelled()).isTrue();
                    assertThat(other.cancelling()).isZero();
                    assertThat(await(other)).isEqualTo("other");
                    return Coroutine.done();
                });
    }

    @Test
    void gatherOutcomesIsCancelledLikeGather() {
        VirtualTime.run(
                () -> {
                    Task<Void> child = Task.create(slowToEnd(5));
                    Deferred<?> gathered = gatherOutcomes(child, sleep(ofSeconds(9)));
                    await(iterations(1));
                    gathered.cancel("enough");
                    assertThat(await(thrownBy(gathered)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(child.cancelled()).isTrue();
                    assertThat(elapsed()).isEqualTo(ofSeconds(5));
                    return Coroutine.done();
                });
    }

    @Test
    void aGatherCanBeCancelledAfterItsLastChildHasEnded() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Deferred<List<Integer>> gathered = gather(promise);
                    promise.complete(1);
                    assertThat(gathered.done()).isFalse();
                    assertThat(gathered.cancel("enough")).isTrue();
                    assertThat(await(thrownBy(gathered)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void failuresOfChildrenAreReportedOnceThroughTheGather() {
        program.run(
                () -> {
                    Deferred<List<Void>> gathered =
                            gather(
                                    failingInItsCleanUp("first", 1),
                                    failingInItsCleanUp("second", 2));
                    await(iterations(1));
                    gathered.cancel();
                    await(sleep(ofSeconds(9)));
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).containsExactly("first");
    }

    @Async
    private static Coroutine<Void> slowToEnd(int seconds) {
        try {
            await(sleep(ofSeconds(9)));
        } finally {
            await(sleep(ofSeconds(seconds)));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failingInItsCleanUp(String message, int seconds) {
        try {
            await(sleep(ofSeconds(9)));
        } catch (CancelledError error) {
            await(sleep(ofSeconds(seconds)));
            throw new IllegalStateException(message);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> swallowing() {
        try {
            return sleep(ofSeconds(9), "value");
        } catch (CancelledError error) {
            return Coroutine.of("swallowed");
        }
    }
}
