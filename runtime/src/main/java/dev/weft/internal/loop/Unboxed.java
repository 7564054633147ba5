package dev.weft.internal.loop;

import org.jspecify.annotations.Nullable;

/**
 * The result of a body whose value is a number. The number itself is in {@link Loop#number}, where
 * the awaiter reads it at once. So no await allocates a box that only the next instruction would
 * open. HotSpot cannot remove such a box, because the result may also be the object that stands for
 * a suspension.
 */
public final class Unboxed {
    public static final Unboxed INT = new Unboxed();
    public static final Unboxed LONG = new Unboxed();

    /** The bits of a {@code double}. */
    public static final Unboxed DOUBLE = new Unboxed();

    private Unboxed() {}

    /** Returns a result as an object. */
    public static @Nullable Object boxed(@Nullable Object result, Loop loop) {
        return result instanceof Unboxed ? box(result, loop.number) : result;
    }

    private static Object box(Object mark, long number) {
        if (mark == INT) {
            return (int) number;
        }
        if (mark == LONG) {
            return number;
        }
        return Double.longBitsToDouble(number);
    }
}
