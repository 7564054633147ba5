package dev.weft.instrument;

/** What compiles and is most likely a mistake; a warning unless {@link Options#fatal} names it. */
public enum Lint {
    /** A coroutine that a call returned is dropped, so that it never runs. */
    DROPPED_COROUTINE,
    /** An async method calls something that blocks the loop's thread. */
    BLOCKING_CALL,
    /** A coroutine is used inside a try and returned, and its catch cannot see it fail. */
    UNCAUGHT_COROUTINE,
    /** A body has more than 8,000 bytes of code, so that HotSpot never compiles it. */
    HUGE_METHOD
}
