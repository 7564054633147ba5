package dev.weft.spec.combining;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Misbehaving;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Rules 11, 18, 20 and 23: a future whose {@code cancel} throws does not stop a cancellation. Its
 * exception goes to the exception handler.
 */
@Timeout(30)
class MisbehavingFutureTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void aFailingGroupStillCancelsEveryChildAndThrowsItsFailure() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> awaits(future()));
                                            group.create(() -> logsItsEnd("child"));
                                            group.create(() -> failsLater());
                                            return logsItsEnd("body");
                                        }));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("child");
        assertThat(log).containsExactly("child", "body");
        assertThat(program.reportedMessages()).containsExactly("cancel throws");
    }

    /** In real time: in virtual time the clock stands still while the future is awaited. */
    @Test
    void aTimeoutAroundItIsATimeout() {
        List<String> reported = new ArrayList<>();
        try (Runner runner = Weft.runner()) {
            runner.exceptionHandler(report -> reported.add(report.exception().getMessage()));
            runner.run(
                    () -> {
                        Coroutine<Void> direct = timeout(ofMillis(1), Deferred.from(future()));
                        assertThat(await(thrownBy(direct))).isInstanceOf(TimeoutException.class);
                        Coroutine<Void> inline = timeout(ofMillis(1), awaits(future()));
                        assertThat(await(thrownBy(inline))).isInstanceOf(TimeoutException.class);
                        assertThat(Task.current().cancelling()).isZero();
                        return Coroutine.done();
                    });
        }
        assertThat(reported).containsExactly("cancel throws", "cancel throws");
    }

    @Test
    void aCancelledGatherCancelsTheOtherChildrenAndEnds() {
        program.run(
                () -> {
                    Deferred<List<Void>> gathered =
                            gather(awaits(future()), logsItsEnd("child"), awaits(future()));
                    await(iterations(1));
                    assertThat(gathered.cancel("enough")).isTrue();
                    assertThat(await(thrownBy(gathered)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("child");
        assertThat(program.reportedMessages()).containsExactly("cancel throws", "cancel throws");
    }

    @Test
    void cancelOfTheAwaitingTaskReturnsTrueAndCancelsTheTask() {
        program.run(
                () -> {
                    Task<Void> task = Task.create(() -> awaits(future()));
                    await(iterations(1));
                    assertThat(task.cancel("enough")).isTrue();
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("cancel throws");
    }

    @Test
    void theEndOfTheLoopStillEndsEveryTask() {
        program.run(
                () -> {
                    Task.create(() -> awaits(future()));
                    Task.create(() -> logsItsEnd("task"));
                    await(iterations(1));
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("task");
        assertThat(program.reportedMessages()).containsExactly("cancel throws");
    }

    private static CompletableFuture<Void> future() {
        return Misbehaving.future("cancel throws");
    }

    @Async
    private static Coroutine<Void> awaits(CompletableFuture<Void> future) {
        await(future);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add(name);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsLater() throws IOException {
        await(iterations(3));
        throw new IOException("child");
    }
}
