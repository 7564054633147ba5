package dev.weft.instrument;

import java.util.Locale;

/** Code that compiles and is probably a mistake. Warns unless {@link Options#fatal} contains it. */
public enum Lint {
    /** A coroutine that a call returned is dropped, so that it never runs. */
    DROPPED_COROUTINE,
    /** An async method calls a method that blocks the loop's thread. */
    BLOCKING_CALL,
    /** A coroutine is used inside a try and returned, and its catch cannot see it fail. */
    UNCAUGHT_COROUTINE,
    /** A body has more than 8,000 bytes of code, so that HotSpot never compiles it. */
    HUGE_METHOD;

    /** Begins the name that {@code @SuppressWarnings} takes: {@code weft:dropped-coroutine}. */
    public static final String PREFIX = "weft:";

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns the name in options and messages, {@code dropped-coroutine}. */
    public String label() {
        return label;
    }
}
