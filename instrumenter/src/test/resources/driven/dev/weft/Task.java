package dev.weft;

/** The frames that one suspension makes, from the innermost outwards. */
public final class Task<T> {
    /** The coroutine to resume; null if it is the one that was resumed last. */
    Coroutine<?> innermost;

    /** The coroutine that has no awaiter yet. */
    Coroutine<?> unlinked;
}
