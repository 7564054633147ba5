package dev.weft.spec.cancelling;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 10: a task that is cancelled before its first step never runs. */
class Rule10CancelledBeforeItsStartTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void neitherTheBodyNorItsFinallyBlocksRun() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task = Task.create(body());
                    task.cancel("never mind");
                    assertThat(task.done()).isFalse();
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("never mind");
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });

        assertThat(trace).isEmpty();
    }

    @Test
    void theLambdaOfTheTaskIsNotCalled() {
        VirtualTime.run(
                () -> {
                    Task<Integer> task =
                            Task.create(
                                    () -> {
                                        trace.add("called");
                                        return body();
                                    });
                    task.cancel();
                    await(iterations(3));
                    assertThat(task.cancelled()).isTrue();
                    return Coroutine.done();
                });

        assertThat(trace).isEmpty();
    }

    @Test
    void theTaskEndsInTheIterationOfItsFirstStepAndItsCallbacksRunInTheNext() {
        Steps steps = new Steps();
        VirtualTime.run(
                () -> {
                    Task<Integer> task = Task.create(body());
                    task.addDoneCallback(done -> steps.expect(4));
                    task.cancel();
                    steps.expect(1);
                    assertThat(task.done()).isFalse();
                    Task<Void> next =
                            Task.create(
                                    () -> {
                                        steps.expect(2);
                                        assertThat(task.cancelled()).isTrue();
                                        return Coroutine.done();
                                    });
                    await(iterations(1));
                    steps.expect(3);
                    await(next);
                    await(iterations(1));
                    steps.expect(5);
                    return Coroutine.done();
                });
        steps.assertFinished(5);
    }

    @Test
    void childrenOfAGatherOrAGroupThatIsCancelledAtOnceNeverStart() {
        VirtualTime.run(
                () -> {
                    Deferred<List<Integer>> gathered = Weft.gather(body(), body());
                    gathered.cancel("never mind");
                    assertThat(await(thrownBy(gathered))).hasMessage("never mind");
                    Coroutine<Void> scope =
                            TaskGroup.scope(
                                    group -> {
                                        group.create(body());
                                        group.create(() -> body());
                                        group.cancel();
                                        return Coroutine.done();
                                    });
                    await(scope);
                    return Coroutine.done();
                });

        assertThat(trace).isEmpty();
    }

    @Test
    void theCoroutineOfTheTaskCannotBeAwaitedAfterwards() {
        VirtualTime.run(
                () -> {
                    Coroutine<Integer> coroutine = body();
                    Task.create(coroutine).cancel();
                    await(iterations(2));
                    assertThat(await(thrownBy(coroutine)))
                            .isInstanceOf(IllegalStateException.class);
                    return Coroutine.done();
                });

        assertThat(trace).isEmpty();
    }

    @Async
    private Coroutine<Integer> body() {
        try {
            trace.add("body");
            await(iterations(1));
            return Coroutine.of(1);
        } finally {
            trace.add("finally");
        }
    }
}
