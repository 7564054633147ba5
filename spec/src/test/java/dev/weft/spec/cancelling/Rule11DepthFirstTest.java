package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.Weft.shield;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static dev.weft.spec.support.Awaits.tracing;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 11: a cancellation goes to the awaited task or promise first. */
class Rule11DepthFirstTest {
    private final List<String> trace = new ArrayList<>();
    private final List<Throwable> seen = new ArrayList<>();

    @Test
    void theAwaitedPromiseIsCancelledFirstAndTheAwaiterSeesThatSameError() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Task<Integer> task = Task.create(tracing("task", promise));
                    await(iterations(1));
                    task.cancel("enough");
                    assertThat(promise.cancelled()).as("at once").isTrue();
                    assertThat(task.cancelled()).isFalse();
                    Throwable thrown = await(thrownBy(task));
                    assertThat(thrown).isInstanceOf(CancelledError.class).hasMessage("enough");
                    assertThat(seen).containsExactly(thrown);
                    assertThat(await(thrownBy(promise))).isSameAs(thrown);
                    return Coroutine.done();
                });
    }

    @Test
    void aChainOfTasksIsCancelledFromTheInnermostToTheOutermost() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Task<Integer> inner = Task.create(tracing("inner", promise));
                    Task<Integer> middle = Task.create(tracing("middle", inner));
                    Task<Integer> outer = Task.create(tracing("outer", middle));
                    await(iterations(1));
                    outer.cancel("enough");
                    assertThat(List.of(outer, middle, inner))
                            .allMatch(task -> task.cancelling() == 1 && !task.cancelled());
                    Throwable thrown = await(thrownBy(outer));
                    assertThat(thrown).hasMessage("enough");
                    assertThat(seen).hasSize(3).allMatch(error -> error == thrown);
                    assertThat(List.of(outer, middle, inner)).allMatch(Task::cancelled);
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner", "middle", "outer");
    }

    @Test
    void inlineCoroutinesSeeTheCancellationFromTheInnermostToTheOutermost() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task =
                            Task.create(tracing("outer", tracing("inner", new Promise<>())));
                    await(iterations(1));
                    task.cancel("enough");
                    Throwable thrown = await(thrownBy(task));
                    assertThat(seen).containsExactly(thrown, thrown);
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("inner", "outer");
    }

    @Test
    void cancellingOneAwaiterCancelsASharedTask() {
        VirtualTime.run(
                () -> {
                    Task<Integer> shared = Task.create(sleep(ofSeconds(9), 1));
                    Task<Integer> first = Task.create(tracing("first", shared));
                    Task<Integer> second = Task.create(tracing("second", shared));
                    await(iterations(1));
                    first.cancel("enough");
                    await(thrownBy(second));
                    assertThat(List.of(shared, first, second)).allMatch(Task::cancelled);
                    assertThat(second.cancelling()).isZero();
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("first", "second");
        assertThat(seen).allMatch(error -> error.getMessage().equals("enough"));
    }

    @Test
    void shieldKeepsTheSharedTaskRunning() {
        VirtualTime.run(
                () -> {
                    Task<Integer> shared = Task.create(sleep(ofSeconds(9), 1));
                    Task<Integer> first = Task.create(tracing("first", shield(shared)));
                    Task<Integer> second = Task.create(tracing("second", shared));
                    await(iterations(1));
                    first.cancel("enough");
                    assertThat(await(second)).isEqualTo(1);
                    assertThat(first.cancelled()).isTrue();
                    assertThat(shared.cancelling()).isZero();
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("first", "second");
    }

    @Test
    void anAwaitedTaskThatSwallowsTheCancellationStillGivesItsAwaiterAValue() {
        VirtualTime.run(
                () -> {
                    Task<Integer> inner =
                            Task.create(
                                    () -> {
                                        await(thrownBy(sleep(ofSeconds(9))));
                                        return Coroutine.of(5);
                                    });
                    Task<Integer> outer = Task.create(tracing("outer", inner));
                    await(iterations(1));
                    outer.cancel();
                    assertThat(await(outer)).isEqualTo(5);
                    assertThat(outer.cancelling()).isEqualTo(1);
                    assertThat(seen).isEmpty();
                    return Coroutine.done();
                });
    }

    @Test
    void anAwaitedTaskThatFailsInItsCleanUpPassesTheFailureToItsAwaiter() {
        VirtualTime.run(
                () -> {
                    Task<Integer> inner =
                            Task.create(
                                    () -> {
                                        try {
                                            return Coroutine.of(await(sleep(ofSeconds(9), 1)));
                                        } finally {
                                            failing();
                                        }
                                    });
                    Task<Integer> outer = Task.create(tracing("outer", inner));
                    await(iterations(1));
                    outer.cancel();
                    assertThat(await(thrownBy(outer))).hasMessage("clean-up failed");
                    assertThat(outer.state()).isEqualTo(Task.State.FAILED);
                    return Coroutine.done();
                });
    }

    @Test
    void aChainOfAHundredThousandTasksIsCancelledWithoutRecursion() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Deferred<Integer> last = promise;
                    for (int i = 0; i < 100_000; i++) {
                        last = Task.create(passingOn(last));
                    }
                    await(iterations(1));
                    last.cancel("enough");
                    assertThat(promise.cancelled()).isTrue();
                    assertThat(await(thrownBy(last)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
    }

    @Test
    void tasksThatAwaitEachOtherInACycleCanBeCancelled() {
        VirtualTime.run(
                () -> {
                    Promise<Deferred<Integer>> circle = new Promise<>();
                    Task<Integer> first = Task.create(() -> Coroutine.of(await(await(circle))));
                    Task<Integer> second = Task.create(passingOn(first));
                    circle.complete(second);
                    await(iterations(3));
                    first.cancel("enough");
                    assertThat(await(thrownBy(first))).hasMessage("enough");
                    assertThat(await(thrownBy(second))).hasMessage("enough");
                    return Coroutine.done();
                });
    }

    private static void failing() {
        throw new IllegalStateException("clean-up failed");
    }

    @Async
    private static Coroutine<Integer> passingOn(Deferred<Integer> deferred) {
        return Coroutine.of(await(deferred));
    }

    @Async
    private Coroutine<Integer> tracing(String name, Awaitable<Integer> awaited) {
        try {
            return Coroutine.of(await(awaited));
        } catch (CancelledError error) {
            seen.add(error);
            throw error;
        } finally {
            trace.add(name);
        }
    }
}
