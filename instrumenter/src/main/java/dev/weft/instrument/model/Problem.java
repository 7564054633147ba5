package dev.weft.instrument.model;

/**
 * Something to tell the user about a method.
 *
 * @param line 0 if the class file does not say
 * @param method the method's name; empty if the class as a whole is meant
 */
public record Problem(Rule rule, int line, String method, String message) {
    /** What is broken: {@link #REFUSED} always fails, the others warn unless told otherwise. */
    public enum Rule {
        REFUSED,
        DROPPED_COROUTINE,
        BLOCKING_CALL,
        UNCAUGHT_COROUTINE,
        HUGE_METHOD
    }
}
