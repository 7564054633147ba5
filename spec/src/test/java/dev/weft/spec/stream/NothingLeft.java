package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs the program of a test in virtual time, and checks that the program leaves no task, no timer
 * and no open generator behind.
 *
 * <p>After the program, the main task waits for ever. With a timer left, the clock would jump. With
 * nothing left, the loop reports a deadlock at once.
 */
final class NothingLeft {
    private Duration end;
    private List<Task<?>> tasks;
    private boolean hasFailed;

    private NothingLeft() {}

    static void run(AsyncCallable<Void> main) {
        run(UnaryOperator.identity(), main);
    }

    static void run(UnaryOperator<Runner> settings, AsyncCallable<Void> main) {
        NothingLeft left = new NothingLeft();
        VirtualTime.Recorder recorder = VirtualTime.recorder(settings);
        Throwable thrown = recorder.failureOf(() -> left.program(main));
        assertThat(recorder.reports()).isEmpty();
        if (left.hasFailed || left.end == null) {
            throw new AssertionError("the program failed: " + thrown, thrown);
        }
        assertThat(left.tasks).as("tasks that are left").hasSize(1);
        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("deadlock");
        assertThat(recorder.elapsed())
                .as("the end without timers that are left")
                .isEqualTo(left.end);
    }

    @Async
    private Coroutine<Void> program(AsyncCallable<Void> main) throws Exception {
        try {
            await(main.call());
        } catch (Throwable failure) {
            hasFailed = true;
            throw failure;
        }
        tasks = Task.all();
        end = VirtualTime.elapsed();
        await(new Promise<Void>());
        return Coroutine.done();
    }
}
