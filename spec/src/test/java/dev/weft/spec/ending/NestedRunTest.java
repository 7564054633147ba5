package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Unhandled;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rule 31: a nested run, started with {@code runNested}. */
class NestedRunTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Steps steps = new Steps();

    @Test
    void theMainOfANestedRunIsQueuedAsATaskWhileOthersContinue() {
        program.run(
                () -> {
                    Task.create(() -> takes(1, 3));
                    String value = runNested(nested(2, 4));
                    steps.expect(5);
                    assertThat(value).isEqualTo("nested");
                    return Coroutine.done();
                });
        steps.assertFinished(5);
    }

    @Async
    private Coroutine<Void> takes(int first, int second) {
        steps.expect(first);
        await(sleep(ZERO));
        steps.expect(second);
        return Coroutine.done();
    }

    @Async
    private Coroutine<String> nested(int first, int second) {
        await(takes(first, second));
        return Coroutine.of("nested");
    }

    @Test
    void theOuterTaskIsCurrentAgainAfterwardsWithItsTaskLocals() {
        TaskLocal<String> local = TaskLocal.create();
        program.run(
                () -> {
                    Task<?> outer = Task.current();
                    local.set("outer's");
                    Task<?> inner = runNested(Coroutine.from(() -> setsAndTells(local)));
                    assertThat(inner).isNotSameAs(outer);
                    assertThat(Task.current()).isSameAs(outer);
                    assertThat(local.get()).isEqualTo("outer's");
                    await(sleep(ofSeconds(1)));
                    assertThat(Task.current()).isSameAs(outer);
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Task<?>> setsAndTells(TaskLocal<String> local) {
        assertThat(local.get()).isEqualTo("outer's");
        local.set("inner's");
        await(sleep(ofSeconds(1)));
        return Coroutine.of(Task.current());
    }

    @Test
    void aNestedRunEndsNoOtherTask() {
        program.run(
                () -> {
                    Task<String> other = Task.create(() -> sleep(ofSeconds(5), "alive"));
                    runNested(sleep(ofSeconds(1)));
                    assertThat(other.done()).isFalse();
                    assertThat(await(other)).isEqualTo("alive");
                    return Coroutine.done();
                });
    }

    @Test
    void aNestedRunReturnsOnlyAfterTheNestedRunsAboveIt() {
        program.run(
                () -> {
                    Task<Void> above =
                            Task.create(
                                    () -> {
                                        await(sleep(ofSeconds(1)));
                                        steps.expect(1);
                                        runNested(sleep(ofSeconds(5)));
                                        steps.expect(3);
                                        return Coroutine.done();
                                    });
                    runNested(endsAfterTwoSeconds());
                    steps.expect(4); // its own main ended three seconds earlier
                    assertThat(elapsed()).isEqualTo(ofSeconds(6));
                    await(above);
                    return Coroutine.done();
                });
        steps.assertFinished(4);
    }

    @Async
    private Coroutine<Void> endsAfterTwoSeconds() {
        await(sleep(ofSeconds(2)));
        steps.expect(2);
        return Coroutine.done();
    }

    @Test
    void theExceptionOfTheNestedMainIsThrownAndNotReported() {
        program.run(
                () -> {
                    assertThat(catchThrowable(() -> runNested(fails())))
                            .isInstanceOf(IOException.class)
                            .hasMessage("nested");
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Async
    private static Coroutine<Void> fails() throws IOException {
        await(sleep(ofSeconds(1)));
        throw new IOException("nested");
    }

    @Test
    void aCancellationOfTheOuterTaskIsDeliveredAtItsNextAwait() {
        program.run(
                () -> {
                    Task<Void> outer =
                            Task.create(
                                    () -> {
                                        runNested(sleep(ofSeconds(5)));
                                        steps.expect(1);
                                        await(sleep(ofSeconds(1)));
                                        steps.expect(2); // not reached
                                        return Coroutine.done();
                                    });
                    EventLoop.current().callLater(ofSeconds(1), () -> outer.cancel("meanwhile"));
                    assertThat(await(thrownBy(outer)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("meanwhile");
                    assertThat(elapsed()).isEqualTo(ofSeconds(5));
                    return Coroutine.done();
                });
        steps.assertFinished(1);
    }

    @Test
    void handlesKeepTheirOrderAcrossANestedRun() {
        program.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(
                            () -> {
                                steps.expect(1);
                                runNested(Coroutine.from(() -> queuesAStep(4)));
                                steps.expect(3);
                            });
                    loop.callSoon(() -> steps.expect(2));
                    await(sleep(ofSeconds(1)));
                    steps.expect(5);
                    return Coroutine.done();
                });
        steps.assertFinished(5);
    }

    private Coroutine<Void> queuesAStep(int number) {
        EventLoop.current().callSoon(() -> steps.expect(number));
        return Coroutine.done();
    }

    @Test
    void aTaskCancelledInTheIterationOfItsTimerCanStartANestedRun() {
        program.run(
                () -> {
                    Task<Void> sleeper =
                            Task.create(
                                    () -> {
                                        Task<?> self = Task.current();
                                        try {
                                            await(sleep(ofSeconds(1)));
                                        } catch (CancelledError e) {
                                            assertThat(Task.current()).isSameAs(self);
                                            runNested(sleep(ofSeconds(1)));
                                            assertThat(Task.current()).isSameAs(self);
                                            steps.expect(1);
                                        }
                                        return Coroutine.done();
                                    });
                    // Set before the sleep starts, with the same deadline: when this timer
                    // fires, the timer of the sleeper is already in the ready queue.
                    EventLoop.current().callLater(ofSeconds(1), () -> sleeper.cancel());
                    await(sleeper);
                    return Coroutine.done();
                });
        steps.assertFinished(1);
    }

    @Test
    void aThousandNestedRunsInARowLeaveNoTaskBehind() {
        program.run(
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        runNested(sleep(ofSeconds(1)));
                    }
                    assertThat(Task.all()).hasSize(1);
                    return Coroutine.done();
                });
    }

    @Test
    void runNestedOutsideALoopIsRefusedAndStartsNothing() {
        Coroutine<Void> main = sleep(ofDays(1));
        assertThatThrownBy(() -> runNested(main)).isInstanceOf(IllegalStateException.class);
        assertThat(Weft.run(() -> Coroutine.of(Task.create(main).cancel()))).isTrue();
    }

    @Test
    void runInsideARunIsRefusedAndNamesAwaitAndRunNested() {
        program.run(
                () -> {
                    assertThatThrownBy(() -> Weft.run(sleep(ZERO)))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("await")
                            .hasMessageContaining("runNested");
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    @Tag("slow")
    void aNestedRunInACleanUpHoldsUpTheEndForTenSecondsAtMost() {
        List<Unhandled> reports = new ArrayList<>();
        long begun = System.nanoTime();
        try (Runner runner = Weft.runner().exceptionHandler(reports::add)) {
            runner.run(
                    () -> {
                        Task.create(() -> runsNestedWhenCancelled());
                        return sleep(ZERO);
                    });
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(ofSeconds(9), ofSeconds(20));
        assertThat(reports)
                .extracting(report -> report.exception().getMessage())
                .anySatisfy(message -> assertThat(message).startsWith("runNested: "));
    }

    @Async
    private static Coroutine<Void> runsNestedWhenCancelled() {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            runNested(sleep(ofSeconds(30)));
        }
        return Coroutine.done();
    }
}
