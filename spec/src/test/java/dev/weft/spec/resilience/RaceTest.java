package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Race: the first value counts, and all tasks end before the race does. */
class RaceTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Journal journal = new Journal();

    @Test
    void theFirstValueCountsAndTheOthersAreCancelled() {
        program.run(
                () -> {
                    String value =
                            await(
                                    race(
                                            () -> journal.succeeds("a", 300),
                                            () -> journal.succeeds("b", 100),
                                            () -> journal.succeeds("c", 200)));
                    assertThat(value).isEqualTo("b");
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
        journal.reads(
                "0 a starts",
                "0 b starts",
                "0 c starts",
                "100 b succeeds",
                "100 a is cancelled: race: another body was first",
                "100 c is cancelled: race: another body was first");
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void theRaceEndsWhenTheCleanUpOfTheOthersHasEnded() {
        program.run(
                () -> {
                    await(
                            race(
                                    () -> journal.cleansUp("a", 300, 500),
                                    () -> journal.succeeds("b", 100)));
                    assertThat(elapsed()).isEqualTo(ofMillis(600));
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureIsNoEndWhileAnotherTaskRuns() {
        program.run(
                () -> {
                    String value =
                            await(
                                    race(
                                            () -> journal.fails("a", 100),
                                            () -> journal.succeeds("b", 200)));
                    assertThat(value).isEqualTo("b");
                    return Coroutine.done();
                });
        journal.reads("0 a starts", "0 b starts", "100 a fails", "200 b succeeds");
        assertThat(program.reports()).as("failures before the value are dropped").isEmpty();
    }

    @Test
    void ifAllFailTheFirstFailureIsThrownWithTheOthersSuppressedInOrder() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                race(
                                        () -> journal.fails("a", 300),
                                        () -> journal.fails("b", 100),
                                        () -> journal.fails("c", 200)));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("b");
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("c", "a");
        assertThat(program.elapsed()).isEqualTo(ofMillis(300));
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void oneExceptionObjectIsNotSuppressedInItself() {
        IOException same = new IOException("same");

        Throwable thrown =
                program.failureOf(
                        () -> race(() -> Coroutine.failed(same), () -> Coroutine.failed(same)));

        assertThat(thrown).isSameAs(same).hasNoSuppressedExceptions();
    }

    @Test
    void inATieTheTaskThatEndsFirstWins() {
        program.run(
                () -> {
                    String value =
                            await(
                                    race(
                                            () -> journal.succeeds("a", 100),
                                            () -> journal.succeeds("b", 100)));
                    assertThat(value).isEqualTo("a");
                    return Coroutine.done();
                });
        journal.reads("0 a starts", "0 b starts", "100 a succeeds", "100 b succeeds");
    }

    @Test
    void inATieOfAFailureAndAValueTheValueWinsAndTheFailureIsDropped() {
        program.run(
                () -> {
                    assertThat(
                                    await(
                                            race(
                                                    () -> journal.fails("a", 100),
                                                    () -> journal.succeeds("b", 100),
                                                    () -> journal.fails("c", 100))))
                            .isEqualTo("b");
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void theFailureOfACleanUpAfterTheValueIsReported() {
        program.run(
                () -> {
                    assertThat(
                                    await(
                                            race(
                                                    () -> journal.failsInItsCleanUp("a", 50),
                                                    () -> journal.succeeds("b", 100))))
                            .isEqualTo("b");
                    return Coroutine.done();
                });
        assertThat(program.reportedMessages()).containsExactly("a's clean-up");
    }

    @Test
    void anotherValueThatComesAfterTheFirstIsDropped() {
        program.run(
                () -> {
                    assertThat(
                                    await(
                                            race(
                                                    () -> journal.swallows("a"),
                                                    () -> journal.succeeds("b", 100))))
                            .isEqualTo("b");
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void nullIsAValue() {
        program.run(
                () -> {
                    assertThat(await(race(() -> Coroutine.of(null), () -> sleep(ofMillis(1), "x"))))
                            .isNull();
                    assertThat(elapsed()).isEqualTo(ZERO);
                    return Coroutine.done();
                });
    }

    @Test
    void theBodiesAreCalledInTheStepsOfTheirTasksAndNotBefore() {
        program.run(
                () -> {
                    List<Task<?>> tasks = new ArrayList<>();
                    AsyncCallable<String> body =
                            () -> {
                                tasks.add(Task.current());
                                return sleep(ofMillis(1), "value");
                            };
                    Coroutine<String> race = race(body, body);
                    await(iterations(3));
                    assertThat(tasks).isEmpty();
                    await(race);
                    assertThat(tasks).hasSize(2).doesNotHaveDuplicates();
                    assertThat(tasks).doesNotContain(Task.current());
                    return Coroutine.done();
                });
    }

    @Test
    void aBodyThatThrowsOrReturnsNullHasFailed() {
        AsyncCallable<String> throwing =
                () -> {
                    throw new IOException("at the call");
                };
        Throwable thrown = program.failureOf(() -> race(throwing, () -> null));

        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("at the call");
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(thrown.getSuppressed()[0]).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aTaskThatEndsCancelledIsOutOfTheRace() {
        program.run(
                () -> {
                    Promise<String> promise = new Promise<>();
                    Task<String> race =
                            Task.create(
                                    race(
                                            () -> Coroutine.of(await(promise)),
                                            () -> journal.succeeds("b", 100)));
                    await(iterations(2));
                    promise.cancel("lost");
                    assertThat(await(race)).isEqualTo("b");
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureCountsMoreThanACancelledTask() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                race(
                                        () -> Coroutine.failed(new CancelledError("own")),
                                        () -> journal.fails("b", 100)));

        assertThat(thrown).isInstanceOf(IOException.class).hasNoSuppressedExceptions();
    }

    @Test
    void ifAllTasksEndCancelledTheFirstCancellationIsThrown() {
        CancelledError first = new CancelledError("first");

        Throwable thrown =
                program.failureOf(
                        () ->
                                race(
                                        () -> Coroutine.failed(first),
                                        () -> Coroutine.failed(new CancelledError("second"))));

        assertThat(thrown).isSameAs(first);
    }

    @Test
    void aTaskThatIsCancelledBeforeItsFirstStepEndsTheRaceToo() {
        program.run(
                () -> {
                    Task<String> race = Task.create(race(() -> journal.succeeds("a", 100)));
                    await(iterations(1));
                    Task<?> started = Task.all().get(2);
                    started.cancel("by somebody else");
                    assertThat(await(thrownBy(race)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("by somebody else");
                    return Coroutine.done();
                });
        journal.reads();
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    void aRaceOfNothingIsRefusedAtTheCall() {
        assertThatThrownBy(() -> race())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("race of nothing");
    }

    @Test
    @SuppressWarnings("weft:dropped-coroutine") // each call throws
    void nullIsRefusedAtTheCall() {
        assertThatThrownBy(() -> race((AsyncCallable<String>[]) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("bodies");
        assertThatThrownBy(() -> race(() -> Coroutine.of(1), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("body");
    }

    @Test
    void aFatalErrorOfABodyEndsTheLoop() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                race(
                                        () -> journal.cleansUp("a", 100, 10),
                                        () -> {
                                            throw new OutOfMemoryError("a test");
                                        }));

        assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
        journal.reads(
                "0 a starts", "0 a is cancelled: shut down: the event loop ends", "10 a is clean");
    }

    @Test
    void theTasksHaveTheTaskLocalValuesOfTheCaller() {
        TaskLocal<String> user = TaskLocal.create();
        program.run(
                () -> {
                    user.set("Ada");
                    assertThat(await(race(() -> Coroutine.of(user.get())))).isEqualTo("Ada");
                    return Coroutine.done();
                });
    }

    @Test
    void theFailuresBesideAnExceptionThatHoldsNoneAreReported() {
        Exception unsuppressible = new UnsuppressibleException();

        Throwable thrown =
                program.failureOf(
                        () ->
                                race(
                                        () -> Coroutine.failed(unsuppressible),
                                        () -> journal.fails("b", 100),
                                        () -> journal.fails("c", 200)));

        assertThat(thrown).isSameAs(unsuppressible);
        assertThat(program.reportedMessages()).containsExactly("b", "c");
    }

    /** An exception without suppression, as libraries keep in static fields. */
    static final class UnsuppressibleException extends Exception {
        private static final long serialVersionUID = 1;

        UnsuppressibleException() {
            super("unsuppressible", null, false, false);
        }
    }
}
