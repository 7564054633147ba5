package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 25: a group refuses children when it ends, and ends without an error by cancel. */
class GroupEndTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final List<String> log = new ArrayList<>();

    @Test
    void aGroupThatHasEndedRefusesAChildAndClosesItsCoroutine() {
        program.run(
                () -> {
                    TaskGroup ended =
                            await(TaskGroup.<TaskGroup>scope(group -> Coroutine.of(group)));
                    assertThatItRefuses(ended);
                    return Coroutine.done();
                });
    }

    @Test
    void aGroupThatIsFailingRefusesAChildAndClosesItsCoroutine() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> refusedInCleanUp(group));
                                            await(sleep(ofSeconds(1)));
                                            throw new IOException("boom");
                                        }));

        assertThat(thrown).hasMessage("boom").hasNoSuppressedExceptions();
        assertThat(log).containsExactly("refused");
    }

    @Test
    void aGroupWhoseParentWasCancelledRefusesAChildAndClosesItsCoroutine() {
        program.run(
                () -> {
                    Task<Void> parent =
                            Task.create(
                                    TaskGroup.<Void>scope(
                                            group -> {
                                                group.create(() -> refusedInCleanUp(group));
                                                return Coroutine.done();
                                            }));
                    await(sleep(ofSeconds(1)));
                    parent.cancel();
                    assertThat(await(thrownBy(parent))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("refused");
    }

    @Test
    void aCancelledGroupRefusesAChildAndClosesItsCoroutine() {
        program.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    group.cancel();
                                    assertThatItRefuses(group);
                                    log.add("refused");
                                    return Coroutine.done();
                                }));
        assertThat(log).containsExactly("refused");
    }

    @Test
    void childrenMayCreateChildrenAfterTheBodyHasEnded() {
        program.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    group.create(() -> generation(group, 1));
                                    log.add("body ended");
                                    return Coroutine.done();
                                }));

        assertThat(log)
                .containsExactly("body ended", "generation 1", "generation 2", "generation 3");
    }

    @Async
    private Coroutine<Void> generation(TaskGroup group, int number) {
        await(sleep(ofSeconds(1)));
        log.add("generation " + number);
        if (number < 3) {
            group.create(() -> generation(group, number + 1));
        }
        return Coroutine.done();
    }

    @Test
    void aChildCreatedByADoneCallbackOfTheLastChildIsAwaitedToo() {
        program.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    Task<Void> last = group.create(() -> sleep(ofSeconds(1)));
                                    last.addDoneCallback(
                                            done -> group.create(() -> logs("late", 5)));
                                    return Coroutine.done();
                                }));

        assertThat(log).containsExactly("late");
    }

    @Test
    void cancelEndsTheGroupWithoutAnErrorAndTheValueIsNullIfTheBodyHadNotEnded() {
        String value =
                program.run(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            group.create(() -> logsItsEnd("child"));
                                            group.create(
                                                    () -> {
                                                        await(sleep(ofSeconds(1)));
                                                        group.cancel();
                                                        return Coroutine.done();
                                                    });
                                            await(logsItsEnd("body"));
                                            return Coroutine.of("never");
                                        }));

        assertThat(value).isNull();
        assertThat(log).containsExactly("child", "body");
    }

    @Test
    void cancelKeepsTheValueOfABodyThatHadEnded() {
        String value =
                program.run(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            group.create(() -> logsItsEnd("child"));
                                            group.create(
                                                    () -> {
                                                        await(sleep(ofSeconds(1)));
                                                        group.cancel();
                                                        return Coroutine.done();
                                                    });
                                            return Coroutine.of("the body's");
                                        }));

        assertThat(value).isEqualTo("the body's");
    }

    @Test
    void aBodyThatCancelsItsGroupIsCancelledAtItsNextAwaitOrReturnsItsValue() {
        program.run(
                () -> {
                    String cancelled =
                            await(
                                    TaskGroup.scope(
                                            group -> {
                                                group.cancel();
                                                await(sleep(ZERO));
                                                return Coroutine.of("never");
                                            }));
                    String returned =
                            await(
                                    TaskGroup.scope(
                                            group -> {
                                                group.cancel();
                                                return Coroutine.of("the body's");
                                            }));
                    assertThat(cancelled).isNull();
                    assertThat(returned).isEqualTo("the body's");
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ofSeconds(1))); // no request is left over
                    return Coroutine.done();
                });
    }

    @Test
    void aSecondCancelDoesNotInterruptTheCleanUp() {
        Duration took =
                program.run(
                        () -> {
                            await(
                                    TaskGroup.<Void>scope(
                                            group -> {
                                                group.create(() -> endsSlowly("child", 5));
                                                await(sleep(ofSeconds(1)));
                                                group.cancel();
                                                group.cancel();
                                                Task.create(
                                                        () -> {
                                                            await(sleep(ofSeconds(2)));
                                                            group.cancel();
                                                            return Coroutine.done();
                                                        });
                                                return endsSlowly("body", 8);
                                            }));
                            return Coroutine.of(elapsed());
                        });

        assertThat(log).containsExactly("child", "body");
        assertThat(took).isEqualTo(ofSeconds(9));
    }

    @Test
    void aFailureWinsOverTheCancelOfTheGroup() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> failsInCleanUp("first"));
                                            group.create(() -> failsInCleanUp("second"));
                                            await(sleep(ofSeconds(1)));
                                            group.cancel();
                                            return Coroutine.done();
                                        }));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("first");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("second");
    }

    @Test
    void theCancelOfTheGroupDoesNotHideACancellationFromOutside() {
        program.run(
                () -> {
                    Task<Void> parent =
                            Task.create(
                                    TaskGroup.<Void>scope(
                                            group -> {
                                                group.create(() -> endsSlowly("child", 5));
                                                await(sleep(ofSeconds(1)));
                                                group.cancel();
                                                return Coroutine.done();
                                            }));
                    await(sleep(ofSeconds(3)));
                    parent.cancel("from outside");
                    assertThat(await(thrownBy(parent)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("from outside");
                    return Coroutine.done();
                });
    }

    @Test
    void theCancelOfAGroupDoesNotCancelTheEnclosingGroup() {
        String value =
                program.run(
                        () ->
                                TaskGroup.scope(
                                        outer -> {
                                            outer.create(() -> logs("outer child", 5));
                                            String inner =
                                                    await(
                                                            TaskGroup.scope(
                                                                    group -> {
                                                                        group.cancel();
                                                                        await(sleep(ofDays(1)));
                                                                        return Coroutine.of("x");
                                                                    }));
                                            assertThat(inner).isNull();
                                            await(sleep(ofSeconds(1)));
                                            return Coroutine.of("outer");
                                        }));

        assertThat(value).isEqualTo("outer");
        assertThat(log).containsExactly("outer child");
    }

    @Async
    private Coroutine<Void> refusedInCleanUp(TaskGroup group) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            assertThatItRefuses(group);
            log.add("refused");
        }
        return Coroutine.done();
    }

    private static void assertThatItRefuses(TaskGroup group) {
        Coroutine<Void> coroutine = sleep(ofSeconds(1));
        assertThatThrownBy(() -> group.create(coroutine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("group");
        assertThatThrownBy(() -> Task.create(coroutine))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Async
    private Coroutine<Void> logs(String name, int seconds) {
        await(sleep(ofSeconds(seconds)));
        log.add(name);
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
    private Coroutine<Void> endsSlowly(String name, int seconds) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            await(sleep(ofSeconds(seconds)));
            log.add(name);
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsInCleanUp(String message) throws IOException {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            throw new IOException(message);
        }
        return Coroutine.done();
    }
}
