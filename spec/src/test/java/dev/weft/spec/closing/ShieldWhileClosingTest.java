package dev.weft.spec.closing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.AsyncCloseable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** While a resource closes, cancellations from outside wait. */
@SuppressWarnings("try") // a resource that is only opened and closed
class ShieldWhileClosingTest {
    private final List<String> log = new ArrayList<>();

    /** Runs a body in a task, cancels it after {@code seconds}, and logs how and when it ends. */
    @Async
    private Coroutine<Void> cancelled(int seconds, AsyncCallable<Void> body) {
        Task<?> task = Task.create(body);
        await(sleep(ofSeconds(seconds)));
        log.add("cancel");
        task.cancel("enough");
        try {
            await(task);
            log.add("ended at " + VirtualTime.elapsed());
        } catch (CancelledError cancelled) {
            log.add("cancelled at " + VirtualTime.elapsed() + ": " + cancelled.getMessage());
        } catch (Exception failure) {
            log.add("failed at " + VirtualTime.elapsed() + ": " + failure.getMessage());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> closesFor(int seconds) {
        try (var resource = closing(new Resource(log, ofSeconds(seconds)))) {
            log.add("open");
        }
        log.add("not reached after a cancellation");
        return Coroutine.done();
    }

    @Test
    void aCancellationIsThrownWhenTheResourceIsClosed() {
        VirtualTime.run(() -> cancelled(1, () -> closesFor(3)));

        assertThat(log)
                .containsExactly(
                        "open", "closing", "cancel", "closed", "cancelled at PT3S: enough");
    }

    @Test
    void aSecondCancellationWaitsForTheCloseThatTheFirstHasStarted() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(() -> sleepsAndCloses());
                    await(sleep(ofSeconds(1)));
                    task.cancel("first");
                    await(sleep(ofSeconds(1)));
                    task.cancel("second");
                    try {
                        await(task);
                    } catch (CancelledError cancelled) {
                        log.add(cancelled.getMessage() + " at " + VirtualTime.elapsed());
                    }
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("closing", "closed", "first at PT4S");
    }

    @Async
    private Coroutine<Void> sleepsAndCloses() {
        try (var resource = closing(new Resource(log, ofSeconds(3)))) {
            await(sleep(ofSeconds(100)));
        }
        return Coroutine.done();
    }

    @Test
    void aFailureOfClosingIsThrownAndTheCancellationComesAtTheNextSuspension() {
        IllegalStateException broken = new IllegalStateException("broken");
        VirtualTime.run(
                () ->
                        cancelled(
                                1,
                                () -> {
                                    try (var r = closing(new Resource(log, ofSeconds(3), broken))) {
                                        log.add("open");
                                    } catch (IllegalStateException failure) {
                                        log.add(failure.getMessage());
                                    }
                                    await(sleep(ofSeconds(1)));
                                    return Coroutine.done();
                                }));

        assertThat(log)
                .containsExactly(
                        "open",
                        "closing",
                        "cancel",
                        "closed",
                        "broken",
                        "cancelled at PT3S: enough");
    }

    @Test
    void afterAFailureOfTheBodyTheCancellationComesAtTheNextSuspension() {
        IllegalStateException broken = new IllegalStateException("broken");
        VirtualTime.run(
                () ->
                        cancelled(
                                1,
                                () -> {
                                    try (var r = closing(new Resource(log, ofSeconds(3)))) {
                                        throw broken;
                                    } catch (IllegalStateException failure) {
                                        log.add(failure.getMessage());
                                    }
                                    await(sleep(ofSeconds(1)));
                                    return Coroutine.done();
                                }));

        assertThat(log)
                .containsExactly(
                        "closing", "cancel", "closed", "broken", "cancelled at PT3S: enough");
        assertThat(broken).hasNoSuppressedExceptions();
    }

    @Test
    void aTimeoutAroundTheStatementExpiresAfterTheClose() {
        Throwable failure =
                VirtualTime.failureOf(() -> timeout(ofSeconds(1), () -> closesAndSleeps()));

        assertThat(failure).isInstanceOf(TimeoutException.class);
        assertThat(log).containsExactly("open", "closing", "closed", "reached PT3S");
    }

    @Async
    private Coroutine<Void> closesAndSleeps() {
        try (var resource = closing(new Resource(log, ofSeconds(3)))) {
            log.add("open");
        }
        log.add("reached " + VirtualTime.elapsed());
        await(sleep(ofSeconds(1)));
        log.add("not reached");
        return Coroutine.done();
    }

    @Test
    void aTimeoutInsideTheCloseWorksAsUsual() {
        AsyncCloseable patient =
                () -> {
                    try {
                        await(timeout(ofSeconds(2), sleep(ofSeconds(50))), TimeoutException.class);
                    } catch (TimeoutException expired) {
                        log.add("expired at " + VirtualTime.elapsed());
                    }
                    return Coroutine.done();
                };
        VirtualTime.run(
                () ->
                        cancelled(
                                1,
                                () -> {
                                    try (var resource = closing(patient)) {
                                        log.add("open");
                                    }
                                    return Coroutine.done();
                                }));

        assertThat(log)
                .containsExactly("open", "cancel", "expired at PT2S", "cancelled at PT2S: enough");
    }

    @Test
    void aTimeoutInsideTheCloseWorksWhenOneOutsideHasExpired() {
        AsyncCloseable patient =
                () -> {
                    try {
                        await(timeout(ofSeconds(2), sleep(ofSeconds(50))), TimeoutException.class);
                    } catch (TimeoutException expired) {
                        log.add("inner at " + VirtualTime.elapsed());
                    }
                    return Coroutine.done();
                };
        Throwable failure =
                VirtualTime.failureOf(
                        () ->
                                timeout(
                                        ofSeconds(1),
                                        () -> {
                                            try (var resource = closing(patient)) {
                                                await(sleep(ofSeconds(100)));
                                            }
                                            return Coroutine.done();
                                        }));

        assertThat(failure).isInstanceOf(TimeoutException.class);
        assertThat(log).containsExactly("inner at PT3S");
    }

    @Test
    void aGroupThatEndsWaitsForTheCloseOfItsBody() {
        Throwable failure =
                VirtualTime.failureOf(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            group.create(() -> failsAfterASecond());
                                            return closesAndSleeps();
                                        }));

        assertThat(failure).hasMessage("child");
        assertThat(log).containsExactly("open", "closing", "closed");
    }

    @Async
    private static Coroutine<Void> failsAfterASecond() {
        await(sleep(ofSeconds(1)));
        throw new IllegalStateException("child");
    }

    @Test
    void aGroupInsideTheCloseEndsItsOwnBody() {
        AsyncCloseable withGroup =
                () ->
                        TaskGroup.scope(
                                group -> {
                                    group.create(() -> failsAfterASecond());
                                    await(sleep(ofSeconds(50)));
                                    return Coroutine.done();
                                });
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            try (var resource = closing(withGroup)) {
                                log.add("open");
                            }
                            return Coroutine.done();
                        });

        assertThat(failure).hasMessage("child");
        assertThat(VirtualTime.recorder().elapsed()).isEqualTo(ZERO);
    }

    @Test
    void nestedClosesKeepTheCancellationUntilTheOutermostHasEnded() {
        AsyncCloseable outer =
                () -> {
                    try (var inner = closing(new Resource(log, ofSeconds(3)))) {
                        log.add("outer closes");
                    }
                    log.add("outer goes on");
                    await(sleep(ofSeconds(1)));
                    log.add("outer closed");
                    return Coroutine.done();
                };
        VirtualTime.run(
                () ->
                        cancelled(
                                1,
                                () -> {
                                    try (var resource = closing(outer)) {
                                        log.add("open");
                                    }
                                    return Coroutine.done();
                                }));

        assertThat(log)
                .containsExactly(
                        "open",
                        "outer closes",
                        "closing",
                        "cancel",
                        "closed",
                        "outer goes on",
                        "outer closed",
                        "cancelled at PT4S: enough");
    }

    @Test
    void aRequestOfTheTaskItselfWaitsToo() {
        AsyncCloseable selfish =
                () -> {
                    Task.current().cancel("own");
                    await(sleep(ofSeconds(1)));
                    log.add("closed");
                    return Coroutine.done();
                };
        Throwable failure =
                VirtualTime.failureOf(
                        () -> {
                            try (var resource = closing(selfish)) {
                                log.add("open");
                            }
                            log.add("not reached");
                            return Coroutine.done();
                        });

        assertThat(failure).isInstanceOf(CancelledError.class).hasMessage("own");
        assertThat(log).containsExactly("open", "closed");
    }

    @Test
    void aRequestThatIsTakenBackWhileClosingIsNotThrown() {
        VirtualTime.run(
                () -> {
                    Task<Void> task = Task.create(() -> closesFor(3));
                    await(sleep(ofSeconds(1)));
                    task.cancel();
                    assertThat(task.cancelling()).isEqualTo(1);
                    assertThat(task.uncancel()).isZero();
                    await(task);
                    return Coroutine.done();
                });

        assertThat(log)
                .containsExactly("open", "closing", "closed", "not reached after a cancellation");
    }

    @Test
    void theEndOfTheLoopWaitsForTheClose() {
        VirtualTime.run(
                () -> {
                    Task.create(() -> closesFor(3));
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("open", "closing", "closed");
    }

    @Test
    void aHundredThousandTasksThatCloseAreCancelledAtOnceInLinearTime() {
        int tasks = 100_000;
        int closed =
                VirtualTime.run(
                        () -> {
                            int[] count = {0};
                            AsyncCloseable slow =
                                    () -> {
                                        await(sleep(ofSeconds(2)));
                                        count[0]++;
                                        return Coroutine.done();
                                    };
                            Throwable ended =
                                    catchThrowable(
                                            () -> {
                                                for (int i = 0; i < tasks; i++) {
                                                    Task.create(() -> closes(slow));
                                                }
                                            });
                            assertThat(ended).isNull();
                            await(sleep(ofSeconds(1)));
                            for (Task<?> task : Task.all()) {
                                if (task != Task.current()) {
                                    task.cancel();
                                }
                            }
                            await(sleep(ofSeconds(2)));
                            assertThat(Task.all()).containsExactly(Task.current());
                            return Coroutine.of(count[0]);
                        });

        assertThat(closed).isEqualTo(tasks);
    }

    @Async
    private static Coroutine<Void> closes(AsyncCloseable resource) {
        try (var open = closing(resource)) {
            return Coroutine.done();
        }
    }
}
