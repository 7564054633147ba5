package dev.weft.resilience;

/**
 * The arithmetic of a {@link RateLimiter}, exact in integers. A bucket of {@code permits} tokens is
 * filled at the rate of {@code permits} tokens in each period, evenly, and overflows when full.
 *
 * <p>The state is the time at which the bucket will be full, if no token is taken before: {@code
 * base} plus the time that it takes to fill {@code taken} tokens. This time is a fraction of
 * nanoseconds, and only its comparison with the clock is rounded, so no error adds up.
 */
final class TokenBucket {
    private final int permits;
    private final long period;

    /** The time for one token is {@code nanos + rest / permits}. */
    private final long nanos;

    private final long rest;

    private boolean isUsed;
    private long base;

    /** At most {@code permits}. */
    private int taken;

    TokenBucket(int permits, long period) {
        this.permits = permits;
        this.period = period;
        this.nanos = period / permits;
        this.rest = period % permits;
    }

    /**
     * Takes a token. If there is none, takes nothing.
     *
     * @return the time until there is a token; zero or less if one was taken
     */
    long take(long now) {
        if (!isUsed || now - base >= fillTime(taken)) {
            isUsed = true;
            base = now; // full
            taken = 0;
        } else if (taken == permits) {
            base += period;
            taken = 0;
        }
        // One token is there if the bucket will be full within a period after it was taken.
        long missing = fillTime(taken + 1) - period - (now - base);
        if (missing <= 0) {
            taken++;
        }
        return missing;
    }

    /** Returns the time in which so many tokens are filled, rounded up. */
    private long fillTime(int tokens) {
        return tokens * nanos - Math.floorDiv(-(tokens * rest), permits);
    }
}
