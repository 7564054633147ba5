package dev.weft.stream;

import org.jspecify.annotations.Nullable;

/**
 * An operator that decides about an element at once, and has nothing to do with the end. Many of
 * them run in a loop: see {@link Stages}.
 */
abstract class Stage {
    /** Returns the element to give; null if there is none. */
    abstract @Nullable Object take(Object element);

    /** Returns the result of a function; fails if it is null. */
    static <T> T element(@Nullable T result, String operator) {
        if (result == null) {
            throw new NullPointerException(
                    operator + ": the function returned null, and an element is never null");
        }
        return result;
    }
}
