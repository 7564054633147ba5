package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 23 to 25 with children and bodies that misbehave. */
class MisbehavingChildrenTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void aChildThatCancelsItsParentEndsTheGroup() {
        program.run(
                () -> {
                    Task<Void> parent =
                            Task.create(
                                    () -> {
                                        Task<?> self = Task.current();
                                        return TaskGroup.scope(
                                                group -> {
                                                    group.create(() -> cancels(self));
                                                    return logsItsEnd("body");
                                                });
                                    });
                    assertThat(await(thrownBy(parent)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("by a child");
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("body");
    }

    @Test
    void aChildThatAwaitsItsParentIsReportedAsADeadlock() {
        Throwable thrown =
                program.failureOf(
                        () -> {
                            Task<?> self = Task.current();
                            return TaskGroup.<Void>scope(
                                    group -> {
                                        group.create("the child", () -> awaits(self));
                                        return Coroutine.done();
                                    });
                        });

        assertThat(thrown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the child");
    }

    @Test
    void siblingsThatAwaitEachOtherAreCancelledWithTheGroup() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            Promise<Task<?>> second = new Promise<>();
                                            Task<Void> first =
                                                    group.create(() -> awaits(await(second)));
                                            second.complete(group.create(() -> awaits(first)));
                                            await(sleep(ofSeconds(1)));
                                            throw new IOException("boom");
                                        }));

        assertThat(thrown).hasMessage("boom").hasNoSuppressedExceptions();
    }

    @Test
    void theScopeWaitsForAChildThatSwallowsItsCancellation() {
        Duration took =
                program.run(
                        () -> {
                            Throwable thrown =
                                    await(
                                            thrownBy(
                                                    TaskGroup.<Void>scope(
                                                            group -> {
                                                                group.create(() -> swallows(7));
                                                                await(sleep(ofSeconds(1)));
                                                                throw new IOException("boom");
                                                            })));
                            assertThat(thrown).hasMessage("boom");
                            return Coroutine.of(elapsed());
                        });

        assertThat(took).isEqualTo(ofSeconds(8));
    }

    @Test
    void theFailureWinsOverTheValueOfABodyThatSwallowsTheCancellation() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            group.create(() -> failsAfter(1, "boom"));
                                            await(swallows(3));
                                            return Coroutine.of("lost");
                                        }));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("boom");
    }

    @Test
    void aCancelledErrorThatTheBodyThrowsItselfEndsTheGroup() {
        CancelledError own = new CancelledError("my own");

        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> logsItsEnd("child"));
                                            await(sleep(ofSeconds(1)));
                                            throw own;
                                        }));

        assertThat(thrown).isSameAs(own);
        assertThat(log).containsExactly("child");
    }

    @Test
    void theFailuresOfAThousandChildrenAreAllKept() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            for (int i = 0; i < 1000; i++) {
                                                String message = "no. " + i;
                                                group.create(() -> failsAfter(1, message));
                                            }
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).hasMessage("no. 0");
        assertThat(thrown.getSuppressed()).hasSize(999);
        assertThat(thrown.getSuppressed()[998]).hasMessage("no. 999");
        assertThat(program.reports()).isEmpty();
    }

    @Test
    @SuppressWarnings("OverrideThrowableToString") // the point of this test
    void anExceptionWhoseToStringThrowsEndsTheGroupLikeAnyOther() {
        RuntimeException unprintable =
                new RuntimeException("unprintable") {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String toString() {
                        throw new IllegalStateException("toString fails");
                    }
                };

        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> Coroutine.failed(unprintable));
                                            return logsItsEnd("body");
                                        }));

        assertThat(thrown == unprintable).isTrue();
        assertThat(log).containsExactly("body");
    }

    @Test
    void aStackOverflowInAChildIsAnOrdinaryFailure() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> Coroutine.of(endless(0)));
                                            return logsItsEnd("body");
                                        }));

        assertThat(thrown).isInstanceOf(StackOverflowError.class);
        assertThat(log).containsExactly("body");
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int endless(int n) {
        return endless(n + 1) + 1;
    }

    @Test
    void aScopeThatIsCancelledBeforeItsFirstStepNeverCallsItsBody() {
        program.run(
                () -> {
                    Task<Void> scope =
                            Task.create(
                                    TaskGroup.<Void>scope(
                                            group -> {
                                                log.add("called");
                                                return Coroutine.done();
                                            }));
                    scope.cancel();
                    assertThat(await(thrownBy(scope))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
        assertThat(log).isEmpty();
    }

    @Test
    void aBodyThatReturnsNullInsteadOfACoroutineFailsItsGroup() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> logsItsEnd("child"));
                                            return null;
                                        }));

        assertThat(thrown).isInstanceOf(NullPointerException.class);
        assertThat(log).isEmpty(); // cancelled before its first step
    }

    @Async
    private static Coroutine<Void> cancels(Task<?> task) {
        await(sleep(ofSeconds(1)));
        task.cancel("by a child");
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> awaits(Task<?> task) {
        await(task);
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> swallows(int seconds) {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError swallowed) {
            await(sleep(ofSeconds(seconds)));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> logsItsEnd(String name) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(sleep(ZERO));
            log.add(name);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsAfter(int seconds, String message) throws IOException {
        await(sleep(ofSeconds(seconds)));
        throw new IOException(message);
    }
}
