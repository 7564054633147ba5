package dev.weft.resilience;

import dev.weft.Task;
import java.time.Duration;

/**
 * The pauses between attempts. The pause after attempt number {@code k}, counted from 0, is the
 * smaller of {@code most} and {@code first * factor^k}, minus a random share of up to {@code
 * jitter} of it. Jitter keeps clients that have failed together from trying again together.
 *
 * <pre>{@code
 * Backoff growing = Backoff.exponential(ofMillis(100), ofSeconds(5)); // 100, 200, 400 ms, ... 5 s
 * Backoff regular = Backoff.constant(ofSeconds(1));
 * Backoff own = new Backoff(ofSeconds(1), 1.5, ofSeconds(10), 0.1); // each up to 10 % shorter
 * }</pre>
 *
 * <p>The random numbers come from the loop: {@link dev.weft.Runner#shuffled} makes them repeatable.
 *
 * @param first the pause after the first attempt; zero lets other tasks run only
 * @param factor the growth from pause to pause; at least 1
 * @param most the longest pause; at least {@code first}
 * @param jitter the largest share by which a pause is shortened, from 0 to 1
 */
public record Backoff(Duration first, double factor, Duration most, double jitter) {
    private static final double EXPONENTIAL_FACTOR = 2;
    private static final double EXPONENTIAL_JITTER = 0.5;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Backoff {
        Arguments.notNull("first", first);
        Arguments.notNull("most", most);
        if (first.isNegative()) {
            throw Arguments.refused("first < 0", first);
        }
        if (most.compareTo(first) < 0) {
            throw Arguments.refused("most < first", most);
        }
        checkFactor(factor);
        checkJitter(jitter);
    }

    private static void checkFactor(double factor) {
        if (!Double.isFinite(factor)) {
            throw Arguments.refused("factor is not finite", factor);
        }
        if (factor < 1) {
            throw Arguments.refused("factor < 1", factor);
        }
    }

    private static void checkJitter(double jitter) {
        if (Double.isNaN(jitter)) {
            throw Arguments.refused("jitter is not a number", jitter);
        }
        if (jitter < 0) {
            throw Arguments.refused("jitter < 0", jitter);
        }
        if (jitter > 1) {
            throw Arguments.refused("jitter > 1", jitter);
        }
    }

    /** Returns pauses that double, up to {@code most}; each is up to a half shorter. */
    public static Backoff exponential(Duration first, Duration most) {
        return new Backoff(first, EXPONENTIAL_FACTOR, most, EXPONENTIAL_JITTER);
    }

    /** Returns pauses that all have the same length. */
    public static Backoff constant(Duration pause) {
        Arguments.notNull("pause", pause);
        return new Backoff(pause, 1, pause, 0);
    }

    /** Returns the pause after attempt number {@code k}; {@code Long.MAX_VALUE} is for ever. */
    long nanos(int k, Task<?> task) {
        long pause = nanosWithoutJitter(k);
        if (jitter == 0 || pause == 0 || pause == Long.MAX_VALUE) {
            return pause;
        }
        return pause - (long) (pause * (jitter * Operation.random(task)));
    }

    private long nanosWithoutJitter(int k) {
        long shortest = Arguments.nanos(first);
        long longest = Arguments.nanos(most);
        double growth = StrictMath.pow(factor, k);
        if (shortest == 0 || growth == 1) {
            return shortest; // exact, although a double has fewer digits
        }
        double grown = shortest * growth;
        return grown >= longest ? longest : (long) grown;
    }
}
