package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static dev.weft.junit.VirtualTime.elapsed;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.sync.AsyncLock;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Race: cancellations and timeouts from outside. */
class RaceCancelledTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();
    private final Journal journal = new Journal();

    @Test
    void cancellingTheRaceCancelsAllTasksAndWaitsForThem() {
        program.run(
                () -> {
                    Task<String> race =
                            Task.create(
                                    race(
                                            () -> journal.cleansUp("a", 300, 50),
                                            () -> journal.succeeds("b", 200)));
                    await(sleep(ofMillis(100)));
                    race.cancel("enough");
                    assertThat(await(thrownBy(race)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    assertThat(elapsed()).isEqualTo(ofMillis(150));
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
        journal.reads(
                "0 a starts",
                "0 b starts",
                "100 a is cancelled: enough",
                "100 b is cancelled: enough",
                "150 a is clean");
    }

    @Test
    void aRaceThatIsCancelledBeforeItsFirstStepStartsNothing() {
        program.run(
                () -> {
                    Task<String> race = Task.create(race(() -> journal.succeeds("a", 100)));
                    race.cancel();
                    assertThat(await(thrownBy(race))).isInstanceOf(CancelledError.class);
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
        journal.reads();
    }

    @Test
    void aRaceWaitsForItsTasksHoweverOftenItIsCancelled() {
        program.run(
                () -> {
                    Task<String> race =
                            Task.create(
                                    race(
                                            () -> journal.cleansUp("a", 300, 500),
                                            () -> journal.cleansUp("b", 300, 400)));
                    for (int i = 0; i < 3; i++) {
                        await(sleep(ofMillis(100)));
                        race.cancel("request " + i);
                    }
                    assertThat(await(thrownBy(race))).hasMessage("request 0");
                    assertThat(elapsed()).isEqualTo(ofMillis(600));
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationThatComesWhileTheOthersEndWinsOverTheValue() {
        program.run(
                () -> {
                    Task<String> race =
                            Task.create(
                                    race(
                                            () -> journal.cleansUp("a", 300, 500),
                                            () -> journal.succeeds("b", 100)));
                    await(sleep(ofMillis(200)));
                    race.cancel("late");
                    assertThat(await(thrownBy(race)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("late");
                    assertThat(elapsed()).isEqualTo(ofMillis(600));
                    return Coroutine.done();
                });
    }

    @Test
    void aCancellationInAnyIterationAroundTheValueLeavesNothingBehind() {
        for (int iteration = 0; iteration < 6; iteration++) {
            int last = iteration;
            program.run(
                    () -> {
                        Task<String> race =
                                Task.create(
                                        race(
                                                () -> sleep(ofMillis(100), "a"),
                                                () -> sleep(ofMillis(200), "b")));
                        await(sleep(ofMillis(100)));
                        await(iterations(last));
                        boolean isRequested = race.cancel("tie");
                        Throwable thrown = await(thrownBy(race));
                        if (isRequested) {
                            assertThat(thrown).isInstanceOf(CancelledError.class).hasMessage("tie");
                        } else {
                            assertThat(race.result()).isEqualTo("a");
                        }
                        assertThat(elapsed()).isEqualTo(ofMillis(100));
                        assertNothingIsLeft();
                        return Coroutine.done();
                    });
        }
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aValueThatComesAfterTheCancellationIsLost() {
        program.run(
                () -> {
                    Task<String> race = Task.create(race(() -> journal.swallows("a")));
                    await(iterations(3));
                    race.cancel("enough");
                    assertThat(await(thrownBy(race))).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void theFailureOfACleanUpWinsOverTheCancellation() {
        program.run(
                () -> {
                    Task<String> race =
                            Task.create(
                                    race(
                                            () -> journal.fails("early", 50),
                                            () -> journal.failsInItsCleanUp("a", 20),
                                            () -> journal.failsInItsCleanUp("b", 10)));
                    await(sleep(ofMillis(100)));
                    race.cancel();
                    Throwable thrown = await(thrownBy(race));
                    assertThat(thrown).isInstanceOf(IOException.class).hasMessage("b's clean-up");
                    assertThat(thrown.getSuppressed())
                            .as("what failed before was no clean-up")
                            .extracting(Throwable::getMessage)
                            .containsExactly("a's clean-up");
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aFailureInTheIterationOfTheCancellationIsNoFailureOfACleanUp() {
        program.run(
                () -> {
                    Task<String> race =
                            Task.create(
                                    race(
                                            () -> journal.fails("a", 100),
                                            () -> journal.succeeds("b", 200)));
                    await(sleep(ofMillis(100)));
                    race.cancel("tie");
                    assertThat(await(thrownBy(race)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("tie");
                    return Coroutine.done();
                });
        assertThat(program.reports()).isEmpty();
    }

    @Test
    void aTimeoutAroundARaceThrowsWhenAllTasksHaveEnded() {
        program.run(
                () -> {
                    Throwable thrown =
                            await(
                                    thrownBy(
                                            timeout(
                                                    ofMillis(100),
                                                    race(
                                                            () -> journal.cleansUp("a", 300, 50),
                                                            () -> journal.succeeds("b", 200)))));
                    assertThat(thrown)
                            .isInstanceOf(TimeoutException.class)
                            .hasCauseInstanceOf(CancelledError.class);
                    assertThat(elapsed()).isEqualTo(ofMillis(150));
                    assertThat(Task.current().cancelling()).isZero();
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
    }

    @Test
    void theCallerMayCatchTheCancellationAndGoOn() {
        program.run(
                () -> {
                    AsyncLock lock = new AsyncLock();
                    await(lock.acquire());
                    Task<String> catching = Task.create(() -> catchesAndWaitsFor(lock));
                    await(sleep(ofMillis(100)));
                    catching.cancel();
                    await(iterations(10));
                    assertThat(catching.done()).as("nothing wakes it but the lock").isFalse();
                    lock.release();
                    assertThat(await(catching)).isEqualTo("went on");
                    return Coroutine.done();
                });
    }

    @Async
    private Coroutine<String> catchesAndWaitsFor(AsyncLock lock) {
        try {
            await(race(() -> journal.succeeds("a", 100), () -> journal.succeeds("b", 200)));
        } catch (CancelledError cancelled) {
            await(lock.acquire());
        }
        return Coroutine.of("went on");
    }

    @Test
    void racesCanBeNested() {
        program.run(
                () -> {
                    String value =
                            await(
                                    race(
                                            () ->
                                                    race(
                                                            () -> journal.cleansUp("a", 300, 20),
                                                            () -> journal.cleansUp("b", 300, 10)),
                                            () -> journal.succeeds("c", 100)));
                    assertThat(value).isEqualTo("c");
                    assertThat(elapsed()).isEqualTo(ofMillis(120));
                    assertNothingIsLeft();
                    return Coroutine.done();
                });
    }

    @Test
    void theEndOfTheLoopEndsARace() {
        program.run(
                () -> {
                    Task.create(race(() -> journal.succeeds("a", 100)));
                    await(sleep(ZERO));
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
        journal.reads("0 a starts", "0 a is cancelled: shut down: the event loop ends");
    }
}
