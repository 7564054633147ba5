package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The timers that a {@link Wheel} has received last, in the order of their addition: a ring. Most
 * timers are timeouts, and are removed soon. In a large tree, such a timer would visit nodes that
 * the caches do not hold, twice. A timer that stays moves to the tree when the ring has no other
 * place for a new one, or when it may be the first one.
 */
final class Nursery {
    /** The place of a timer, and both links of that timer. */
    private static final class Slot extends Node {
        @Nullable Node timer;
    }

    private final Slot[] slots;

    /** The index of the next place, modulo the number of places, which is a power of two. */
    private int next;

    /** The index of the first place that may be in use. */
    private int first;

    /** The number of timers. */
    int count;

    /** No deadline is smaller. The largest number if there is no timer. */
    long bound = Long.MAX_VALUE;

    Nursery(int size) {
        slots = new Slot[size];
        for (int i = 0; i < size; i++) {
            slots[i] = new Slot();
        }
    }

    private Slot slot(int index) {
        return slots[index & (slots.length - 1)];
    }

    /** Adds a timer. Returns the timer whose place it takes, which is the oldest one, or null. */
    @Nullable Node add(Node timer) {
        if (count == 0) first = next;
        Slot slot = slot(next++);
        Node oldest = slot.timer;
        slot.timer = timer;
        timer.prev = timer.next = slot;
        if (timer.deadline < bound) bound = timer.deadline;
        if (oldest == null) count++;
        if (next - first > slots.length) first++;
        return oldest;
    }

    /** Returns whether a timer is in a nursery and not in a bucket. */
    static boolean holds(Node timer) {
        return timer.next instanceof Slot;
    }

    /** Removes a timer, which must be in this nursery, and sets its links to null. */
    void remove(Node timer) {
        ((Slot) requireNonNull(timer.next)).timer = null;
        timer.prev = timer.next = null;
        if (--count == 0) bound = Long.MAX_VALUE;
    }

    /** Removes and returns the oldest timer. There must be one. Leaves its links as they are. */
    Node takeOldest() {
        Slot slot = slot(first++);
        while (slot.timer == null) slot = slot(first++);
        Node oldest = slot.timer;
        slot.timer = null;
        if (--count == 0) bound = Long.MAX_VALUE;
        return oldest;
    }
}
