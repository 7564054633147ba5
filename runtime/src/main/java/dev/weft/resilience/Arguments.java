package dev.weft.resilience;

import java.time.Duration;

/** Checks of arguments. Messages are the predicate that holds, and the value. */
final class Arguments {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Arguments() {}

    /** Creates the exception for a value for which {@code predicate} holds. */
    static IllegalArgumentException refused(String predicate, Object value) {
        return new IllegalArgumentException(predicate + ": " + value);
    }

    static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw refused(name + " < 1", value);
        }
        return value;
    }

    static Duration positive(String name, Duration value) {
        notNull(name, value);
        if (value.isNegative() || value.isZero()) {
            throw refused(name + " <= 0", value);
        }
        return value;
    }

    static <V> V notNull(String name, V value) {
        if (value == null) {
            throw new NullPointerException(name);
        }
        return value;
    }

    /** Returns nanoseconds; {@code Long.MAX_VALUE} for a duration that a long cannot hold. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
