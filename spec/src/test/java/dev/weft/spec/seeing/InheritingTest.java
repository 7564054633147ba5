package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.observe.CarriedValue;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.Step;
import dev.weft.spec.support.NotInDebuggerMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An observer can keep thread-locals in a task-local, which tasks, callbacks and work inherit. */
@Timeout(20)
class InheritingTest {
    private static final TaskLocal<Carried> LOCAL = TaskLocal.create();
    private static final ThreadLocal<String> USER = ThreadLocal.withInitial(() -> "nobody");

    private final List<String> log = new ArrayList<>();

    /** A value of the thread-local. */
    private record Carried(String user) implements CarriedValue {
        @Override
        public <T> T call(Callable<T> work) throws Exception {
            USER.set(user);
            try {
                return work.call();
            } finally {
                USER.remove();
            }
        }
    }

    /** Moves the thread-local between the thread and the running task. */
    private static final class Mover implements LoopObserver {
        @Override
        public void inheriting() {
            LOCAL.set(new Carried(USER.get()));
        }

        @Override
        public void stepBegins(Step step) {
            Carried carried = LOCAL.get();
            USER.set(carried == null ? "nobody" : carried.user());
        }

        @Override
        public void stepEnds(Step step) {
            if (step.task() != null && !step.task().observedState().isEnd()) {
                inheriting();
            }
            USER.remove();
        }
    }

    private void note(String what) {
        log.add(what + " " + USER.get());
    }

    @Test
    @NotInDebuggerMode(NotInDebuggerMode.Difference.THREAD_OF_A_TASK)
    void whatAStepCreatesBeginsWithTheValuesOfThatMoment() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().observe(new Mover());
            runner.run(
                    () -> {
                        USER.set("Ada");
                        Task<Void> task = Task.create(() -> noting("task"));
                        EventLoop.current().callSoon(() -> note("callback"));
                        EventLoop.current().callLater(ofSeconds(1), () -> note("timer"));
                        task.addDoneCallback(ended -> note("done"));
                        var work = blocking(() -> USER.get());
                        USER.set("Bob");
                        log.add("work " + await(work));
                        await(sleep(ofSeconds(2)));
                        note("main");
                        return Coroutine.done();
                    });
        }

        assertThat(log)
                .containsExactlyInAnyOrder(
                        "task Ada",
                        "callback Ada",
                        "timer Ada",
                        "done Ada",
                        "work Ada",
                        "main Bob");
        assertThat(USER.get()).isEqualTo("nobody");
    }

    @Async
    private Coroutine<Void> noting(String what) {
        note(what);
        return Coroutine.done();
    }

    @Test
    void aTaskThatIsCancelledWhileItsTimerIsDueKeepsItsValues() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().observe(new Mover());
            runner.run(
                    () -> {
                        Task<Void> sleeper = Task.create(this::asAda);
                        EventLoop.current().callLater(ofSeconds(1), () -> sleeper.cancel());
                        await(sleep(ofSeconds(2)));
                        return Coroutine.done();
                    });
        }

        assertThat(log).containsExactly("cancelled Ada", "after Ada");
    }

    @Async
    private Coroutine<Void> asAda() {
        USER.set("Ada");
        try {
            await(sleep(ofSeconds(1)));
        } catch (CancelledError e) {
            note("cancelled");
        }
        await(sleep(ZERO));
        note("after");
        return Coroutine.done();
    }

    @Test
    void aCallbackThatIsScheduledOutsideOfARunHasNoValues() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().observe(new Mover());
            USER.set("Ada");
            runner.loop().callSoon(() -> note("callback"));
            USER.remove();
            runner.run(() -> noting("main"));
        }

        assertThat(log).containsExactly("callback nobody", "main nobody");
    }

    @Test
    void theReadyQueueAndTheTimersAreSampledBeforeEachSleep() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop()
                    .observe(
                            new LoopObserver() {
                                @Override
                                public void sampled(int ready, int timers) {
                                    log.add(ready + " ready, " + timers + " timers");
                                }
                            });
            runner.run(
                    () -> {
                        Task.create(() -> sleep(ofSeconds(1)));
                        await(sleep(ofSeconds(2)));
                        return Coroutine.done();
                    });
        }

        assertThat(log).startsWith("0 ready, 2 timers").contains("0 ready, 1 timers");
    }
}
