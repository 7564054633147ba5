package dev.weft.stream;

import java.time.Duration;

/** Calculations in nanoseconds, in which what is too large for a long is the largest long. */
final class Time {
    private Time() {}

    static long nanos(Duration positive) {
        try {
            return positive.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    static long sum(long a, long b) {
        long sum = a + b;
        return sum >= a ? sum : Long.MAX_VALUE;
    }

    static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }
}
