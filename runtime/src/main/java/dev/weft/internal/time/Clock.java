package dev.weft.internal.time;

import dev.weft.io.Poller;

/**
 * The loop's only access to time and to waiting. A loop in virtual time differs from a loop in real
 * time only by its clock.
 */
public interface Clock {
    /**
     * Returns the current time in nanoseconds. The time is monotonic and has an arbitrary origin.
     */
    long now();

    /**
     * Lets time pass until something may have happened. May return early at any time. Called by the
     * loop's thread when nothing is ready.
     *
     * @param rest the events that can end the wait
     * @param poller the place to wait; must be polled at most once
     * @return false if nothing can ever happen; then no time has passed
     */
    boolean idle(Rest rest, Poller poller);

    /**
     * The events that a loop with nothing ready can expect.
     *
     * @param deadline the time of the next timer on the scale of {@link #now}; {@code
     *     Long.MAX_VALUE} without timers
     * @param single whether that timer is the only one, so that a longer wait would serve no second
     *     timer
     * @param outside whether work outside of the loop will hand in its result
     * @param patience the longest wait in nanoseconds of real time
     * @param again whether nothing became ready in the previous wait
     */
    record Rest(long deadline, boolean single, boolean outside, long patience, boolean again) {}
}
