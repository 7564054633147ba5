package dev.weft.spec.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Checks how the time of an operation grows with its size, without absolute times. */
public final class Growth {
    /** Shorter times are noise, and count as this one. */
    private static final Duration NOISE = Duration.ofMillis(60);

    private Growth() {}

    /** An operation that returns how long its measured part takes at a size. */
    public interface Sized {
        /** Runs the operation at {@code size}. */
        Duration run(int size);
    }

    /**
     * Fails unless the operation at four times the size takes less than ten times as long. A linear
     * operation takes four times as long, a quadratic one sixteen times.
     */
    public static void assertLinear(int size, Sized operation) {
        operation.run(size); // warms the code up
        Duration small = atLeastNoise(best(operation.run(size), operation.run(size)));
        Duration large = operation.run(4 * size);
        assertThat(large)
                .as("the time for %d, where %d took %s", 4 * size, size, small)
                .isLessThan(small.multipliedBy(10));
    }

    /** Fails unless {@code large} is at most {@code factor} times {@code small}. */
    public static void assertAtMost(int factor, Duration large, Duration small) {
        assertThat(large)
                .as("compared with %s", small)
                .isLessThan(atLeastNoise(small).multipliedBy(factor));
    }

    private static Duration best(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration atLeastNoise(Duration time) {
        return time.compareTo(NOISE) < 0 ? NOISE : time;
    }
}
