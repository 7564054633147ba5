package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A list of timers: a leaf of a {@link Tree}.
 *
 * <p>The list is circular, and the bucket itself is its sentinel. The sentinel has the smallest
 * deadline, so a search from the end for a deadline that is not later always stops.
 */
final class Bucket extends Node {
    /** The level that holds this bucket; null for a bucket that is the whole tree. */
    @Nullable Level home;

    /** The number of timers. */
    int count;

    /** True if the deadlines may be out of order. */
    boolean mixed;

    /**
     * The bits in which the deadlines differ: zero only if all are equal, and otherwise with the
     * correct highest bit. Removing a timer leaves this as is, which may only be too much.
     */
    long spread;

    /** Creates an empty bucket. */
    Bucket() {
        deadline = Long.MIN_VALUE;
        prev = next = this;
    }

    /** Returns the first timer. The bucket must not be empty. */
    Node first() {
        return next(this);
    }

    /** Returns the deadline of the last timer. */
    long last() {
        return prev(this).deadline;
    }

    /** Adds a timer at the end, in order or not. */
    void append(Node timer) {
        Node last = prev(this);
        long deadline = timer.deadline;
        if (count++ != 0) spread |= deadline ^ last.deadline;
        // In a mixed list, no branch depends on the deadline.
        if (!mixed && deadline < last.deadline) mixed = true;
        link(last, timer, this);
    }

    /**
     * Adds a timer to a list in order, after all timers that are not later. Returns the number of
     * nodes visited.
     */
    int place(Node timer) {
        spread |= timer.deadline ^ last();
        count++;
        return insert(timer, this);
    }

    /** Removes a timer, and sets its links to null. */
    void remove(Node timer) {
        unlink(timer);
        timer.prev = timer.next = null;
        if (--count == 0) reset();
    }

    /** Sorts the list by insertion. Returns the number of nodes visited. */
    int sort() {
        int visits = count;
        Node timer = first();
        while (timer != this) {
            Node after = next(timer);
            if (timer.deadline < prev(timer).deadline) {
                unlink(timer);
                visits += insert(timer, after);
            }
            timer = after;
        }
        mixed = false;
        return visits;
    }

    /** Empties the list. Returns its first node; {@link #next} leads from there to this bucket. */
    Node detach() {
        Node first = first();
        prev = next = this;
        count = 0;
        reset();
        return first;
    }

    private void reset() {
        mixed = false;
        spread = 0;
    }

    /** Adds this empty bucket to a list of unused buckets, linked by {@code next}. */
    void retire(@Nullable Bucket unused) {
        home = null;
        next = unused;
    }

    /** Removes this bucket from the head of a list of unused buckets. Returns the rest. */
    @Nullable Bucket revive() {
        Bucket unused = (Bucket) next;
        next = this;
        return unused;
    }

    /** Returns the node after this one in its list. */
    static Node next(Node node) {
        return requireNonNull(node.next);
    }

    private static Node prev(Node node) {
        return requireNonNull(node.prev);
    }

    /** Links a timer after the last node before {@code after} that is not later. */
    private static int insert(Node timer, Node after) {
        int visits = 1;
        Node before = prev(after);
        for (; before.deadline > timer.deadline; before = prev(before)) visits++;
        link(before, timer, next(before));
        return visits;
    }

    private static void link(Node before, Node timer, Node after) {
        timer.prev = before;
        timer.next = after;
        before.next = after.prev = timer;
    }

    private static void unlink(Node timer) {
        Node before = prev(timer);
        Node after = next(timer);
        before.next = after;
        after.prev = before;
    }
}
