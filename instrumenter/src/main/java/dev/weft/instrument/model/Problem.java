package dev.weft.instrument.model;

/**
 * A problem in a method.
 *
 * @param line 0 if the class file does not say
 * @param method the method's name; empty if the class as a whole is meant
 */
public record Problem(Rule rule, int line, String method, String message) {
    /** The violated rule. {@link #REFUSED} is an error, the others are lints. */
    public enum Rule {
        REFUSED,
        DROPPED_COROUTINE,
        BLOCKING_CALL,
        UNCAUGHT_COROUTINE,
        HUGE_METHOD
    }
}
