package dev.weft.internal.loop;

import org.jspecify.annotations.Nullable;

/**
 * Passes a number from a body to its awaiter, which reads the number at once. Each loop has one
 * such object for each type. So no await allocates a box that only the next instruction would open.
 * HotSpot cannot remove such a box, because the result may also be the object that stands for a
 * suspension.
 */
public final class Unboxed {
    private static final int INT = 0;
    private static final int LONG = 1;
    private static final int DOUBLE = 2;

    private final int type;

    /** The number, or the bits of a {@code double}. */
    private long number;

    private Unboxed(int type) {
        this.type = type;
    }

    static Unboxed ofInts() {
        return new Unboxed(INT);
    }

    static Unboxed ofLongs() {
        return new Unboxed(LONG);
    }

    static Unboxed ofDoubles() {
        return new Unboxed(DOUBLE);
    }

    private Unboxed holding(long number) {
        this.number = number;
        return this;
    }

    /** Returns a result without a box. */
    public static Object of(int value, Loop loop) {
        return loop.unboxedInt.holding(value);
    }

    /** Returns a result without a box. */
    public static Object of(long value, Loop loop) {
        return loop.unboxedLong.holding(value);
    }

    /** Returns a result without a box. */
    public static Object of(double value, Loop loop) {
        return loop.unboxedDouble.holding(Double.doubleToRawLongBits(value));
    }

    /** Returns the number of a result. */
    @SuppressWarnings("NullAway") // null throws, as the unboxing of the source would
    public static int intOf(@Nullable Object result) {
        return result instanceof Unboxed unboxed && unboxed.type == INT
                ? (int) unboxed.number
                : (Integer) result;
    }

    /** Returns the number of a result. */
    @SuppressWarnings("NullAway") // null throws, as the unboxing of the source would
    public static long longOf(@Nullable Object result) {
        return result instanceof Unboxed unboxed && unboxed.type == LONG
                ? unboxed.number
                : (Long) result;
    }

    /** Returns the number of a result. */
    @SuppressWarnings("NullAway") // null throws, as the unboxing of the source would
    public static double doubleOf(@Nullable Object result) {
        return result instanceof Unboxed unboxed && unboxed.type == DOUBLE
                ? Double.longBitsToDouble(unboxed.number)
                : (Double) result;
    }

    /** Returns a result as an object. */
    public static @Nullable Object boxed(@Nullable Object result) {
        return result instanceof Unboxed unboxed ? unboxed.box() : result;
    }

    private Object box() {
        if (type == INT) {
            return (int) number;
        }
        if (type == LONG) {
            return number;
        }
        return Double.longBitsToDouble(number);
    }
}
