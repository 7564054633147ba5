package dev.weft.benchmarks.service;

/** The time at which a back end answers. */
public enum Delay {
    /** At once, without suspending the caller. */
    NONE,

    /** After the caller has given up its turn. */
    TURN,

    /** After a timer of {@link Service#PAUSE_MILLIS}. */
    TIMER,

    /** After the caller has lost its patience. */
    NEVER
}
