package dev.weft;

/** A callback that was scheduled on a loop. Loop's thread only. */
public interface Handle {
    /** Takes the callback back if it has not run. Cancelling twice is harmless. */
    void cancel();

    /** Whether {@link #cancel} was called. */
    boolean cancelled();
}
