package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An inner node of a {@link Tree}: a range of time in 64 slots of equal length. A slot is empty, or
 * holds a bucket, or holds a level whose range is at most the slot.
 */
final class Level {
    private static final int SLOTS = 64;
    private static final int DIGIT = 6; // bits

    /** The level that holds this one, or null; in a list of unused levels, the next one. */
    @Nullable Level outer;

    /** The start of the first slot. */
    private long origin;

    /** The binary logarithm of the length of a slot; a multiple of {@link #DIGIT}. */
    private int shift;

    /** The bitmap of the slots that are not empty. */
    private long used;

    /** The bitmap of the slots that hold a level. */
    private long split;

    private final @Nullable Bucket[] buckets = new Bucket[SLOTS];

    /** Created when a slot gets its first level. */
    private @Nullable Level @Nullable [] inner;

    /**
     * Sets the range of an empty level: the smallest one in which {@code deadline} and a deadline
     * that differs from it in the bits {@code spread} have different slots.
     */
    void cover(long deadline, long spread) {
        int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(spread | 1);
        shift = bit - bit % DIGIT;
        // The highest digit has four bits only. Its first slot has the smallest numbers.
        boolean everything = shift + DIGIT > Long.SIZE;
        origin = everything ? Long.MIN_VALUE : deadline & (-1L << (shift + DIGIT));
    }

    /** Returns whether a deadline is in the range of this level. */
    boolean covers(long deadline) {
        return (deadline - origin) >>> shift >>> DIGIT == 0;
    }

    /** Returns the start of the range of this level. */
    long origin() {
        return origin;
    }

    /** Returns the slot of a deadline in the range of this level. */
    int slot(long deadline) {
        return (int) ((deadline - origin) >>> shift);
    }

    /** Returns whether all slots are empty. */
    boolean isEmpty() {
        return used == 0;
    }

    /** Returns the first slot that is not empty. */
    int first() {
        return Long.numberOfTrailingZeros(used);
    }

    /** Returns whether all timers are in one slot, which holds a level. */
    boolean isPassage() {
        return used == split && (used & used - 1) == 0;
    }

    /** Returns whether a slot holds a level. */
    boolean isSplit(int slot) {
        return (split >>> slot & 1) != 0;
    }

    /** Returns the level that a slot holds. */
    Level inner(int slot) {
        return requireNonNull(requireNonNull(inner)[slot]);
    }

    /** Returns the bucket that a slot holds, or null. */
    @Nullable Bucket bucket(int slot) {
        return buckets[slot];
    }

    /** Puts a bucket into an empty slot. */
    void put(int slot, Bucket bucket) {
        buckets[slot] = bucket;
        bucket.home = this;
        used |= 1L << slot;
    }

    /** Puts a level into a slot, and replaces the previous content. */
    void put(int slot, Level level) {
        @Nullable Level[] inner = this.inner;
        if (inner == null) this.inner = inner = new Level[SLOTS];
        inner[slot] = level;
        buckets[slot] = null;
        level.outer = this;
        used |= 1L << slot;
        split |= 1L << slot;
    }

    /** Empties a slot. */
    void clear(int slot) {
        if (isSplit(slot)) requireNonNull(inner)[slot] = null;
        else buckets[slot] = null;
        long others = ~(1L << slot);
        used &= others;
        split &= others;
    }
}
