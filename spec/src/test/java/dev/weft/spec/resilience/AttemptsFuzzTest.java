package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.race;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.resilience.Journal.assertNothingIsLeft;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.resilience.Hedge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Races and hedged calls whose bodies end at random, and that are cancelled at random: no task and
 * no timer is left, no failure is lost, and a call that is not cancelled goes as forecast.
 */
class AttemptsFuzzTest {
    private static final int PROGRAMS = 1_500;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void racesLeaveNothingBehind(boolean isShuffled) {
        checkAll(isShuffled, random -> 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hedgedCallsLeaveNothingBehind(boolean isShuffled) {
        checkAll(isShuffled, random -> 1 + random.nextInt(6));
    }

    private interface Delays {
        int next(Random random);
    }

    private static void checkAll(boolean isShuffled, Delays delays) {
        LongFunction<UnaryOperator<Runner>> settings =
                seed -> isShuffled ? runner -> runner.shuffled(seed) : UnaryOperator.identity();
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Random random = new Random(seed);
            try {
                new Attempts(random, delays.next(random)).check(settings.apply(seed), random);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** One program. A delay of 0 makes a race. */
    private static final class Attempts {
        private final int delay;
        private final int bodies;
        private final Contest contest;
        private Task<Integer> call;
        private Throwable thrown;
        private boolean isCancelled;
        private long ended;

        Attempts(Random random, int delay) {
            this.delay = delay;
            bodies = 1 + random.nextInt(5);
            contest = new Contest(random, bodies);
        }

        void check(UnaryOperator<Runner> settings, Random random) {
            VirtualTime.Recorder program = VirtualTime.recorder(settings);
            Throwable stuck = program.failureOf(() -> run(random));

            assertThat(stuck).hasMessageContaining("deadlock").hasMessageContaining("Attempts.run");
            assertThat(program.elapsed()).as("no timer is left").isEqualTo(ofMillis(ended));
            assertThat(contest.running).isZero();
            int visible = program.reports().size();
            if (thrown instanceof Contest.CleanUpFailure) {
                visible += 1 + thrown.getSuppressed().length;
            }
            assertThat(visible).as("no failure is lost").isEqualTo(contest.failedCleanUps);
            if (isCancelled) {
                assertThat(thrown)
                        .isInstanceOfAny(CancelledError.class, Contest.CleanUpFailure.class);
            } else {
                checkForecast();
            }
        }

        @Async
        private Coroutine<Void> run(Random random) {
            call = Task.create(delay == 0 ? raced() : hedged());
            if (random.nextInt(2) == 0) {
                await(sleep(ofMillis(random.nextInt(20))));
                isCancelled = call.cancel("from outside");
                if (random.nextInt(3) == 0) {
                    await(sleep(ofMillis(random.nextInt(3))));
                    call.cancel("once more");
                }
            }
            thrown = await(thrownBy(call));
            ended = VirtualTime.elapsed().toMillis();
            assertNothingIsLeft();
            await(new Promise<Void>());
            return Coroutine.done();
        }

        private Coroutine<Integer> raced() {
            List<AsyncCallable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < bodies; i++) {
                all.add(contest::next);
            }
            @SuppressWarnings("unchecked")
            AsyncCallable<Integer>[] array =
                    (AsyncCallable<Integer>[]) all.toArray(new AsyncCallable<?>[0]);
            return race(array);
        }

        private Coroutine<Integer> hedged() {
            return Hedge.of(ofMillis(delay), bodies, contest::next);
        }

        private void checkForecast() {
            Contest.Forecast forecast = contest.forecast(delay);
            assertThat(contest.starts).isEqualTo(forecast.starts());
            if (!forecast.winners().isEmpty()) {
                assertThat(thrown).isNull();
                assertThat(call.result()).isIn(forecast.winners());
            } else if (forecast.failures().isEmpty()) {
                assertThat(thrown).isInstanceOf(CancelledError.class).hasMessage("own");
            } else {
                List<String> messages = new ArrayList<>();
                messages.add(thrown.getMessage());
                for (Throwable suppressed : thrown.getSuppressed()) {
                    messages.add(suppressed.getMessage());
                }
                assertThat(thrown).isInstanceOf(IOException.class);
                assertThat(messages)
                        .containsExactlyInAnyOrderElementsOf(
                                forecast.failures().stream().map(i -> "" + i).toList());
            }
        }
    }
}
