package dev.weft.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.time.Clock.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The length of a wait. Nothing here waits: the present is an argument. */
class SystemClockTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;
    private static final long SLACK = 1_000;

    private final SystemClock clock = new SystemClock(SLACK);

    @ParameterizedTest
    @ValueSource(longs = {MIN, -5_000_000_000L, -1, 0, 1, 5_000_000_000L, MAX - 1_000_000})
    void aTimerAmongOthersEndsTheWaitAtTheEndOfTheSlack(long now) {
        assertThat(clock.waitTime(timer(now + 500), now)).isEqualTo(500 + SLACK);
    }

    @ParameterizedTest
    @ValueSource(longs = {MIN, -5_000_000_000L, 0, 5_000_000_000L})
    void aTimerThatIsAloneEndsTheWaitAtItsDeadline(long now) {
        assertThat(clock.waitTime(new Rest(now + 500, true, false, MAX, false), now))
                .isEqualTo(500);
    }

    @Test
    void aTimerThatIsDueEndsTheWaitAtOnce() {
        assertThat(clock.waitTime(timer(7), 7)).isZero();
        assertThat(clock.waitTime(timer(6), 7)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-5_000_000_000L, -1, 0, 1, 5_000_000_000L, MAX})
    void aDeadlineAtTheBeginningOfTimeIsDue(long now) {
        assertThat(clock.waitTime(timer(MIN), now)).isZero();
        assertThat(clock.waitTime(timer(MIN + 1), now)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {MIN, -5_000_000_000L, -1, 0, 1, 5_000_000_000L})
    void aDeadlineAtTheEndOfTimeIsFarAway(long now) {
        assertThat(clock.waitTime(timer(MAX - 1), now)).isGreaterThan(MAX - 6_000_000_000L);
        assertThat(clock.waitTime(timer(MAX), now)).isEqualTo(MAX);
    }

    @ParameterizedTest
    @ValueSource(longs = {MIN, -1, 0, 1, MAX - 1_000})
    void patienceLimitsTheWaitForADeadlineThatIsFarAway(long now) {
        assertThat(clock.waitTime(new Rest(MAX, false, true, 42, false), now)).isEqualTo(42);
        assertThat(clock.waitTime(new Rest(now + 500, false, true, 42, false), now)).isEqualTo(42);
        assertThat(clock.waitTime(new Rest(now + 500, false, true, 0, false), now)).isZero();
    }

    @Test
    void theSlackOfADeadlineThatIsFarAwayDoesNotOverflow() {
        assertThat(clock.waitTime(timer(MAX - 1), 0)).isEqualTo(MAX);
    }

    private static Rest timer(long deadline) {
        return new Rest(deadline, false, false, MAX, false);
    }
}
