package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Timers in the exact order (deadline, insertion), to the nanosecond: constant time to set and to
 * cancel, no tick, and no allocation once a level has been used. Deadlines are compared as signed
 * numbers, and every one may be used. One thread at a time.
 *
 * <h2>How it works</h2>
 *
 * A radix heap (Ahuja, Mehlhorn, Orlin, Tarjan: Faster Algorithms for the Shortest Path Problem,
 * 1990) with 64 slots in each of 11 levels. Deadlines are read as 11 digits of six bits. There is a
 * <em>base</em>; a timer lies in the level of the highest digit in which its deadline differs from
 * the base, there in the slot of its own digit. So the order along the line of time is:
 *
 * <pre>
 * level   10   9   ...   1   |  0   |   1   ...   9   10
 *         slots below the    | all  |   slots above the
 *         base's digit       |      |   base's digit
 * </pre>
 *
 * and the first slot of this order that is in use holds the earliest timers. One bitmap tells which
 * of these sides are in use, one per level which slots. Equal deadlines are always in the same
 * list, in the order of their insertion.
 *
 * <p>The base is where the wheel looks closely, no more: any base gives the same order, so
 * deadlines that are long past and clocks that jump need no special case. A list is either known to
 * be in order, as with timeouts of one duration, so that its head is the first; or it is mixed.
 * When the front slot is mixed and its first timer is asked for, a short list is sorted; of a long
 * one, the minimum becomes the base, and its timers are dealt to lower levels in one walk. If the
 * base comes from later times, what lay around it goes back into one slot, list by list and not
 * timer by timer.
 *
 * <p>One level is different. A slot of a second may hold so many timers that dealing them makes all
 * of them late, so there each slot is the next lower level, made as the timers are set: see {@link
 * NestedLevel}.
 *
 * <h2>What it costs</h2>
 *
 * Each slot keeps the minimum of its deadlines. Adding keeps it right, and so does removing from a
 * list in order. Removing the minimum of a mixed list only marks it stale (it is still a lower
 * bound); that is put right when the slot is in front and {@link #next} or {@link #poll} has to
 * know, by sorting or by dealing as above, which also gives every slot that it fills an exact
 * minimum. A timer is dealt to a lower level at least, so ten times at most, and only while it
 * shares the front slot with many. So cancelling the earliest timer again and again, in whatever
 * order they were set, does not look at all the others again and again. Only a base that moves to
 * and fro deals the same timers twice: that takes a long mixed list before the base, and then a
 * cancelled minimum in a long mixed list behind it.
 */
public final class Wheel {
    private static final int DIGIT = 6; // bits
    private static final int LEVELS = 11;

    /** The level whose slots are as long as a second, 2^30 ns, and are levels themselves. */
    private static final int NESTED = 5;

    /** Bits of {@link #sides} for level 0; those of higher levels lie further out. */
    private static final int BELOW = 1 << (LEVELS - 1), ABOVE = BELOW << 1;

    private final @Nullable Level[] levels = new Level[LEVELS];
    private long base;

    /** The parts of the line of time above that are in use, lowest bit first. */
    private int sides;

    private int size;

    /** No deadline is smaller; one is equal if {@link #exact}. Means nothing when empty. */
    private long bound;

    private boolean exact;

    /** An empty wheel. */
    public Wheel() {}

    /** Adds a timer that is in no list. It comes after those that have the same deadline. */
    public void add(Node timer) {
        long deadline = timer.deadline;
        if (size++ == 0) base = bound = deadline;
        if (deadline <= bound) {
            bound = deadline;
            exact = true;
        }
        insert(timer);
    }

    /** Removes a timer, which must be in this wheel. Its links are null then. */
    public void remove(Node timer) {
        long deadline = timer.deadline;
        int index = level(deadline);
        Level level = requireNonNull(levels[index]);
        if (level.remove(digit(deadline, index), timer)) note(index, level);
        if (deadline == bound) exact = false;
        size--;
    }

    /** The deadline of the earliest timer, exactly; {@link Long#MAX_VALUE} if there is none. */
    public long next() {
        if (size == 0) return Long.MAX_VALUE;
        if (!exact) {
            Level level = first(sides);
            int slot = level.first();
            if (level.isStale(slot)) level = settle(level, slot);
            bound = level.minimum(level.first());
            exact = true;
        }
        return bound;
    }

    /**
     * Removes and returns the first timer in the order (deadline, insertion) whose deadline is not
     * later than {@code now}; null if there is none. Its links are null.
     */
    public @Nullable Node poll(long now) {
        if (now < bound || size == 0 || now < next()) return null;
        Level level = first(sides);
        int slot = level.first();
        if (level.isMixed(slot)) level = settle(level, slot);
        Node first = requireNonNull(level.head[level.first()]);
        remove(first);
        return first;
    }

    /** Whether there is no timer. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The number of timers. */
    public int size() {
        return size;
    }

    private int level(long deadline) {
        int bit = 63 - Long.numberOfLeadingZeros((deadline ^ base) | 1);
        return (bit * 43) >> 8; // bit / 6, which costs a nanosecond more
    }

    /** A digit of a signed number, such that smaller numbers have smaller digits. */
    static int digit(long deadline, int level) {
        return (int) ((deadline ^ Long.MIN_VALUE) >>> (level * DIGIT)) & 63;
    }

    private void insert(Node timer) {
        int index = level(timer.deadline);
        Level level = levels[index];
        if (level == null) levels[index] = level = made(index);
        if (level.append(digit(timer.deadline, index), timer)) note(index, level);
    }

    private static Level made(int index) {
        return index == NESTED ? NestedLevel.at(index) : new Level(index);
    }

    /** To be called when a slot has come into use or out of use, or the base has moved. */
    private void note(int index, Level level) {
        long below = level.used & (1L << digit(base, index)) - 1;
        sides &= ~(BELOW >> index | ABOVE << index);
        if (below != 0) sides |= BELOW >> index;
        if (below != level.used) sides |= ABOVE << index;
    }

    /** The level that comes first among some sides; its timers in the first slot that it uses. */
    private Level first(int sides) {
        int side = Integer.numberOfTrailingZeros(sides);
        return requireNonNull(levels[side < LEVELS ? LEVELS - 1 - side : side - LEVELS]);
    }

    /** Makes the first timer the head of the front slot, which is mixed; returns its level. */
    private Level settle(Level level, int slot) {
        if (level.sort(slot)) return level;
        deal(level, slot);
        return first(sides);
    }

    /** Moves the base into a slot (not of level 0), whose timers go to lower levels. */
    private void deal(Level level, int slot) {
        gather(level);
        base = level.minimum(slot);
        if (level instanceof NestedLevel nested) {
            level = nested.exchange(slot, levels[NESTED - 1]);
            levels[NESTED - 1] = level;
            note(NESTED, nested);
            slot = level.first();
        }
        Node timer = level.detach(slot);
        note(level.index, level);
        Node last = requireNonNull(timer.prev);
        while (timer != last) {
            Node next = requireNonNull(timer.next);
            insert(timer);
            timer = next;
        }
        insert(last);
    }

    /** Moves all timers of lower levels, earliest first, to the slot that stands for them. */
    private void gather(Level level) {
        int slot = digit(base, level.index);
        int inner = ((1 << (2 * level.index)) - 1) << (LEVELS - level.index);
        while ((sides & inner) != 0) {
            Level lower = first(sides & inner);
            level.absorb(slot, lower, lower.first());
            note(lower.index, lower);
        }
    }
}
