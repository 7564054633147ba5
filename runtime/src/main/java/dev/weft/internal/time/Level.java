package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The 64 slots of a level of the {@link Wheel}, each a circular list. */
class Level {
    /** A list that is not longer is sorted, a longer one is dealt to lower levels. */
    private static final int FEW = 32;

    final int index;

    /** The slots that hold timers. */
    long used;

    /** The slots in use whose deadlines may not be in order; none in level 0. */
    long mixed;

    /** The mixed slots whose minimum has been removed: what stands there is a lower bound. */
    long stale;

    /** The first of each list; null in slots that are not in use. */
    final @Nullable Node[] head;

    private final long[] minimum;

    Level(int index) {
        this(index, 64);
    }

    /** With so many lists of its own. */
    Level(int index, int lists) {
        this.index = index;
        this.head = new Node[lists];
        this.minimum = new long[lists];
    }

    /** The first slot in use. */
    int first() {
        return Long.numberOfTrailingZeros(used);
    }

    boolean isMixed(int slot) {
        return ((mixed >>> slot) & 1) != 0;
    }

    boolean isStale(int slot) {
        return ((stale >>> slot) & 1) != 0;
    }

    /** The least deadline of a slot in use; if that is stale, a lower bound that belongs there. */
    long minimum(int slot) {
        return minimum[slot];
    }

    /** Returns whether the slot was empty before. */
    boolean append(int slot, Node timer) {
        long deadline = timer.deadline;
        Node first = head[slot];
        if (first == null) {
            head[slot] = timer.prev = timer.next = timer;
            minimum[slot] = deadline;
            used |= 1L << slot;
            return true;
        }
        Node last = requireNonNull(first.prev);
        link(timer, first);
        // once it is mixed, no branch that would depend on the deadline
        if (!isMixed(slot) && deadline < last.deadline) mixed |= 1L << slot;
        if (deadline <= minimum[slot]) {
            minimum[slot] = deadline;
            stale &= ~(1L << slot);
        }
        return false;
    }

    /** Returns whether the slot is empty now. */
    boolean remove(int slot, Node timer) {
        Node prev = requireNonNull(timer.prev);
        Node next = requireNonNull(timer.next);
        prev.next = next;
        next.prev = prev;
        timer.prev = timer.next = null;
        if (next == timer) {
            detach(slot);
            return true;
        }
        boolean first = head[slot] == timer;
        if (first) head[slot] = next;
        if (timer.deadline == minimum[slot]) {
            if (isMixed(slot)) stale |= 1L << slot;
            else if (first) minimum[slot] = next.deadline;
        }
        return false;
    }

    /** Empties a slot; returns the head of the circular list that was in it. */
    Node detach(int slot) {
        Node first = requireNonNull(head[slot]);
        head[slot] = null;
        long others = ~(1L << slot);
        used &= others;
        mixed &= others;
        stale &= others;
        return first;
    }

    /** Moves the timers of another level's slot to the end of one whose timers are earlier. */
    void absorb(int slot, Level from, int source) {
        long bit = 1L << slot;
        if (from.isMixed(source)) mixed |= bit;
        Node first = head[slot];
        if (first == null) {
            used |= bit;
            if (from.isStale(source)) stale |= bit;
            minimum[slot] = from.minimum(source);
            head[slot] = from.detach(source);
            return;
        }
        splice(from.detach(source), first);
    }

    /** Puts a list at the end of another, both circular. */
    static void splice(Node list, Node first) {
        Node before = requireNonNull(first.prev);
        Node last = requireNonNull(list.prev);
        before.next = list;
        list.prev = before;
        last.next = first;
        first.prev = last;
    }

    /** Puts a list in order, by insertion from its end; returns false if it is too long. */
    boolean sort(int slot) {
        Node first = requireNonNull(head[slot]);
        int count = 1;
        for (Node timer = first.next; timer != first; timer = requireNonNull(timer).next) {
            if (++count > FEW) return false;
        }
        Node timer = detach(slot);
        for (int i = 0; i < count; i++) {
            Node next = requireNonNull(timer.next);
            place(slot, timer);
            timer = next;
        }
        return true;
    }

    /** Inserts a timer into a list that is in order, behind those of the same deadline. */
    private void place(int slot, Node timer) {
        Node first = head[slot];
        if (first == null) {
            append(slot, timer);
            return;
        }
        Node next = first;
        do {
            Node prev = requireNonNull(next.prev);
            if (prev.deadline <= timer.deadline) {
                link(timer, next);
                return;
            }
            next = prev;
        } while (next != first);
        link(timer, first);
        head[slot] = timer;
        minimum[slot] = timer.deadline;
    }

    private static void link(Node timer, Node next) {
        Node prev = requireNonNull(next.prev);
        timer.prev = prev;
        timer.next = next;
        prev.next = next.prev = timer;
    }
}
