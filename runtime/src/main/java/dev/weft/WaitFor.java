package dev.weft;

/** What ends a {@link Weft#waitFor}. */
public enum WaitFor {
    /** One of them is done, however it ended. */
    FIRST_COMPLETED,
    /** One of them has failed, which a cancellation is not; or all are done. */
    FIRST_EXCEPTION,
    /** All are done. */
    ALL_COMPLETED
}
