package dev.weft.junit;

import static dev.weft.Weft.sleep;

import dev.weft.EventLoop;
import dev.weft.Runner;
import java.time.Duration;

/**
 * The virtual time of a test. A test method that is not async moves the time between its runs.
 *
 * <pre>{@code
 * @Test
 * void aReminderComesAfterAnHour(EventLoop loop, TestClock clock) {
 *     loop.callLater(ofHours(1), () -> log.add("reminder"));
 *     clock.advance(ofMinutes(59));
 *     assertThat(log).isEmpty();
 *     clock.advance(ofMinutes(1));
 *     assertThat(log).containsExactly("reminder");
 * }
 * }</pre>
 */
public final class TestClock {
    private final Runner runner;
    private final EventLoop loop;

    TestClock(Runner runner) {
        this.runner = runner;
        this.loop = runner.loop();
    }

    /**
     * Lets {@code delay} pass: runs the loop until everything up to then has happened, as {@link
     * #runUntilIdle} does at the end of that time.
     *
     * @throws IllegalArgumentException if {@code delay} is negative
     * @throws IllegalStateException inside the loop, where {@code await(sleep(delay))} does this
     */
    public void advance(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay < 0: " + delay);
        }
        checkOutside("advance");
        runner.run(sleep(delay));
        runner.runUntilIdle();
    }

    /**
     * Runs what is ready or due, until every task has ended or waits for a later time or an event.
     * No time passes. Work outside of the loop, such as {@code blocking}, is waited for.
     *
     * @throws IllegalStateException inside the loop
     */
    public void runUntilIdle() {
        checkOutside("runUntilIdle");
        runner.runUntilIdle();
    }

    private static void checkOutside(String call) {
        try {
            EventLoop.current();
        } catch (IllegalStateException outside) {
            return;
        }
        throw new IllegalStateException(
                "TestClock." + call + " inside the running loop: use await(sleep(...)) there");
    }

    /** Returns the time that has passed since the loop of the test was created. */
    public Duration elapsed() {
        return Duration.ofNanos(now());
    }

    /** Returns the time in nanoseconds, on the scale of {@link EventLoop#time}. */
    public long now() {
        return loop.time();
    }
}
