package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 23 and 24: cancellations of a group, of its children, and from outside. */
class GroupCancellationTest {
    private final List<String> log = new ArrayList<>();
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void theMessageOfACancelledChildContainsTheWordGroup() {
        List<String> messages = new ArrayList<>();

        failureOf(
                group -> {
                    group.create(() -> keepsItsCancellation(messages));
                    group.create(() -> failsAfter(1, "boom"));
                    return keepsItsCancellation(messages);
                });

        assertThat(messages).hasSize(2).allMatch(message -> message.contains("group"));
    }

    @Test
    void theCancellationOfAChildCancelsNothingElse() {
        String value =
                program.run(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            Task<Void> child = group.create(() -> sleep(ofDays(1)));
                                            Task<Void> other =
                                                    group.create(() -> sleep(ofSeconds(5)));
                                            await(sleep(ofSeconds(1)));
                                            child.cancel();
                                            await(other);
                                            assertThat(child.cancelled()).isTrue();
                                            return Coroutine.of("the body's");
                                        }));

        assertThat(value).isEqualTo("the body's");
    }

    @Test
    void theScopeWaitsForAllChildrenHoweverOftenItIsCancelled() {
        Duration took =
                program.run(
                        () -> {
                            Task<Void> scope = Task.create(TaskGroup.scope(g -> slowToEnd(g)));
                            for (int i = 0; i < 3; i++) {
                                await(sleep(ofSeconds(1)));
                                assertThat(scope.cancel("request " + i)).isTrue();
                            }
                            Throwable thrown = await(thrownBy(scope));
                            assertThat(thrown)
                                    .isInstanceOf(CancelledError.class)
                                    .hasMessage("request 0");
                            return Coroutine.of(elapsed());
                        });

        assertThat(took).isEqualTo(ofSeconds(11));
        assertThat(log).containsExactly("child cancelled", "child ended");
    }

    @Async
    private Coroutine<Void> slowToEnd(TaskGroup group) {
        group.create(
                () -> {
                    try {
                        await(sleep(ofDays(1)));
                    } catch (CancelledError e) {
                        log.add("child cancelled");
                        await(sleep(ofSeconds(10)));
                    }
                    log.add("child ended");
                    return Coroutine.done();
                });
        return Coroutine.done();
    }

    @Test
    void aFailureWinsOverACancellationWhichIsDeliveredAtTheNextAwait() {
        Steps steps = new Steps();
        program.run(
                () -> {
                    Task<Void> parent =
                            Task.create(
                                    () -> {
                                        steps.expect(1);
                                        try {
                                            await(
                                                    TaskGroup.scope(
                                                            group -> {
                                                                group.create(
                                                                        () ->
                                                                                failsWhenCancelled(
                                                                                        "child"));
                                                                return sleep(ofDays(1));
                                                            }),
                                                    IOException.class);
                                        } catch (IOException e) {
                                            steps.expect(2);
                                            assertThat(e).hasMessage("child");
                                        }
                                        steps.expect(3);
                                        await(sleep(ofSeconds(1)));
                                        steps.expect(4); // not reached
                                        return Coroutine.done();
                                    });
                    await(sleep(ofSeconds(1)));
                    parent.cancel("from outside");
                    assertThat(await(thrownBy(parent)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("from outside");
                    assertThat(parent.cancelling()).isEqualTo(1);
                    return Coroutine.done();
                });
        steps.assertFinished(3);
    }

    @Test
    void aCancellationInTheIterationOfTheFailureIsDeliveredAtTheNextAwait() {
        program.run(
                () -> {
                    Promise<Void> gate = new Promise<>();
                    Task<Throwable> parent =
                            Task.create(
                                    () -> {
                                        Throwable thrown =
                                                await(
                                                        thrownBy(
                                                                TaskGroup.scope(
                                                                        group -> {
                                                                            group.create(
                                                                                    () ->
                                                                                            failsAt(
                                                                                                    gate));
                                                                            return sleep(ofDays(1));
                                                                        })));
                                        assertThat(thrown).hasMessage("at the gate");
                                        return thrownBy(sleep(ofSeconds(1)));
                                    });
                    await(sleep(ofSeconds(1)));
                    gate.complete(null);
                    parent.cancel("from outside");
                    assertThat(await(parent)).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void theGroupsOwnCancellationOfItsBodyDoesNotCountAfterTheScope() {
        program.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            TaskGroup.scope(
                                                    group -> {
                                                        group.create(() -> failsAfter(1, "boom"));
                                                        return sleep(ofDays(1));
                                                    })));
                    assertThat(thrown).hasMessage("boom");
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatEndsInTheIterationOfTheFailureIsNotCancelledAfterwards() {
        program.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            TaskGroup.scope(
                                                    group -> {
                                                        Task<Void> child =
                                                                group.create(
                                                                        () -> failsAfter(0, "x"));
                                                        while (!child.done()) {
                                                            await(sleep(ofSeconds(0)));
                                                        }
                                                        // The group would cancel the body in this
                                                        // iteration.
                                                        return Coroutine.done();
                                                    })));
                    assertThat(thrown).hasMessage("x");
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    void aScopeThatIsCancelledFromOutsideThrowsThatCancellation() {
        program.run(
                () -> {
                    Task<Void> scope =
                            Task.create(
                                    TaskGroup.scope(
                                            group -> {
                                                group.create(() -> logsItsEnd("child"));
                                                return logsItsEnd("body");
                                            }));
                    await(sleep(ofSeconds(1)));
                    scope.cancel("from outside");
                    assertThat(await(thrownBy(scope)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("from outside");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("body", "child");
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
    private static Coroutine<Void> keepsItsCancellation(List<String> messages) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            messages.add(e.getMessage());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsAfter(int seconds, String message) throws IOException {
        await(sleep(ofSeconds(seconds)));
        throw new IOException(message);
    }

    @Async
    private static Coroutine<Void> failsAt(Promise<Void> gate) throws IOException {
        await(gate);
        throw new IOException("at the gate");
    }

    @Async
    private static Coroutine<Void> failsWhenCancelled(String message) throws IOException {
        return failsAfterCleanUpOf(0, message);
    }

    @Async
    private static Coroutine<Void> failsAfterCleanUpOf(int seconds, String message)
            throws IOException {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            await(sleep(ofSeconds(seconds)));
            throw new IOException(message);
        }
        return Coroutine.done();
    }

    private <T> Throwable failureOf(AsyncFunction<TaskGroup, T> body) {
        return program.failureOf(() -> TaskGroup.scope(body));
    }
}
