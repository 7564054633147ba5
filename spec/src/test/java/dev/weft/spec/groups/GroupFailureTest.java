package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncFunction;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 23 and 24: failures in a group, and the exception of its scope. */
class GroupFailureTest {
    private final List<String> log = new ArrayList<>();
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    @Test
    void aFailingChildCancelsTheOthersInCreationOrderAndThenTheBody() {
        Throwable thrown =
                failureOf(
                        group -> {
                            group.create(() -> logsItsEnd("first"));
                            group.create(() -> failsAfter(1, "boom"));
                            group.create(() -> logsItsEnd("third"));
                            return logsItsEnd("body");
                        });

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("boom");
        assertThat(log).containsExactly("first", "third", "body");
    }

    @Test
    void severalFailuresInOneIterationAreAllKeptInOrder() {
        Throwable thrown =
                failureOf(
                        group -> {
                            group.create(() -> failsAfter(1, "one"));
                            group.create(() -> failsAfter(1, "two"));
                            group.create(() -> failsAfter(1, "three"));
                            return sleep(ofDays(1));
                        });

        assertThat(thrown).hasMessage("one");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("two", "three");
    }

    @Test
    void aChildThatIsReadyStillRunsInTheIterationInWhichAnotherFails() {
        Steps steps = new Steps();

        failureOf(
                group -> {
                    group.create(
                            () -> {
                                steps.expect(1);
                                throw new IOException("boom");
                            });
                    group.create(
                            () -> {
                                // The group does not know of the failure yet, so this child starts.
                                steps.expect(2);
                                return Coroutine.done();
                            });
                    return sleep(ofDays(1));
                });

        steps.assertFinished(2);
    }

    @Test
    void oneExceptionThatFailsTwoChildrenIsNotSuppressedInItself() {
        IOException shared = new IOException("shared");

        Throwable thrown =
                failureOf(
                        group -> {
                            group.create(() -> Coroutine.failed(shared));
                            group.create(() -> Coroutine.failed(shared));
                            return Coroutine.failed(shared);
                        });

        assertThat(thrown).isSameAs(shared).hasNoSuppressedExceptions();
    }

    @Test
    void theFailureOfTheBodyCancelsTheChildrenAndIsThrownWithTheirsSuppressed() {
        Throwable thrown =
                failureOf(
                        group -> {
                            group.create(() -> failsWhenCancelled("first"));
                            group.create(() -> failsWhenCancelled("second"));
                            await(sleep(ofSeconds(1)));
                            throw new IOException("body");
                        });

        assertThat(thrown).hasMessage("body");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("first", "second");
    }

    @Test
    void failuresAreSuppressedInTheOrderOfOccurrenceNotOfCreation() {
        Throwable thrown =
                failureOf(
                        group -> {
                            group.create(() -> failsAfterCleanUpOf(9, "slow"));
                            group.create(() -> failsAfterCleanUpOf(3, "quick"));
                            group.create(() -> failsAfter(1, "first"));
                            return sleep(ofDays(1));
                        });

        assertThat(thrown).hasMessage("first");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("quick", "slow");
    }

    @Test
    void aChildKeepsTheNameThatItWasCreatedWith() {
        program.run(
                () ->
                        TaskGroup.scope(
                                group -> {
                                    Task<Void> one = group.create("one", Coroutine.done());
                                    Task<Void> two = group.create("two", () -> Coroutine.done());
                                    assertThat(one.name() + " " + two.name()).isEqualTo("one two");
                                    return Coroutine.done();
                                }));
    }

    @Test
    void noFailureOfAGroupIsReportedElsewhere() {
        failureOf(
                group -> {
                    group.create(() -> failsAfter(1, "one"));
                    group.create(() -> failsAfter(1, "two"));
                    group.create(() -> failsWhenCancelled("three"));
                    return failsWhenCancelled("body");
                });

        assertThat(program.reports()).isEmpty();
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
    private static Coroutine<Void> failsAfter(int seconds, String message) throws IOException {
        await(sleep(ofSeconds(seconds)));
        throw new IOException(message);
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
