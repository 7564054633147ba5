package dev.weft.internal.time;

/**
 * The loop's only door to time and to sleep. A loop in virtual time differs from one in real time
 * by the clock that it was given and by nothing else.
 */
public interface Clock {
    /** Nanoseconds on a monotonic scale of its own. */
    long now();

    /**
     * Passes the time until something may have happened; returns early as it likes. Called by the
     * loop's thread when it has nothing to run.
     *
     * @param rest what can end the wait
     * @return false if nothing ever can: then no time has passed
     */
    boolean idle(Rest rest);

    /**
     * What a loop with nothing to run can hope for.
     *
     * @param deadline when the next timer is due on the scale of {@link #now}; {@code
     *     Long.MAX_VALUE} without timers
     * @param alone whether that timer is the only one, so that nothing is gained by waiting longer
     * @param outside whether something outside the loop has promised to hand work in
     * @param patience how many nanoseconds of real time the caller is ready to wait at the most
     */
    record Rest(long deadline, boolean alone, boolean outside, long patience) {}
}
