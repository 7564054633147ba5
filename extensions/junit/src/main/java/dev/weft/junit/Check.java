package dev.weft.junit;

/** The checks at the end of a test. Each fails the test; see {@link WeftTest#ignore}. */
public enum Check {
    /** No task is pending. */
    PENDING_TASKS,

    /** No failure has reached the exception handler of the loop. See {@link Reports}. */
    UNHANDLED_FAILURES,

    /** Each coroutine that the test has created was awaited or closed. Needs debug mode. */
    UNAWAITED_COROUTINES,

    /** Each generator that the test has called was read to its end or closed. Needs debug mode. */
    OPEN_STREAMS
}
