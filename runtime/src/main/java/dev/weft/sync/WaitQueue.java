package dev.weft.sync;

import org.jspecify.annotations.Nullable;

/**
 * Waiting tasks, first come, first served. Every primitive has its waiters in such queues.
 *
 * <p>A waiter that is granted its turn is woken, and nothing else happens: it keeps its place until
 * it runs, so that no other task overtakes it in between, and only then takes what it waited for. A
 * waiter that is cancelled leaves at once if it has no turn; otherwise it leaves when it runs, and
 * its turn goes to another. The owner of the queue therefore only states, after each change, how
 * many turns are possible: {@link #grant}. All operations take constant time for each waiter and
 * allocate nothing.
 *
 * <pre>{@code
 * .-> first <-> ... <-> . <-> next <-> ... <-> last <-.
 * |   '-- have a turn --'   '--- have none yet ---'   |
 * '---------------------------------------------------'
 * }</pre>
 *
 * The list is circular and only {@code last} refers into it: queues are old and waiters are young,
 * and each reference from old to young costs a write barrier of the collector. A single waiter, the
 * common case, has no links.
 */
final class WaitQueue {
    /** The largest number of waiters that are kept for further waits. */
    private static final int SPARES = 8;

    /** Counting further would be quadratic if all waiters are described. */
    private static final int MOST_PLACES = 1_000;

    private @Nullable Waiter<?> last;

    /** The first waiter without a turn; null if that is the first of all, or if there is none. */
    private @Nullable Waiter<?> next;

    private int length;
    private int turns;

    /** The waiters to use again, linked by {@code next}. */
    private @Nullable Waiter<?> spare;

    /** Returns a waiter that has ended its wait; null if there is none. */
    @Nullable Waiter<?> takeSpare() {
        Waiter<?> taken = spare;
        if (taken != null) {
            spare = taken.next;
            if (taken.next != null) {
                taken.next = null;
            }
        }
        return taken;
    }

    /** Keeps a waiter that nothing refers to any more, unless there are enough. */
    void keepSpare(Waiter<?> waiter) {
        Waiter<?> other = spare;
        if (other != null) {
            if (other.spares == SPARES) {
                return;
            }
            waiter.next = other;
            waiter.spares = other.spares + 1;
        } else if (waiter.spares != 1) {
            waiter.spares = 1;
        }
        spare = waiter;
    }

    boolean isEmpty() {
        return last == null;
    }

    /** Returns the number of waiters without a turn. */
    int waiting() {
        return length - turns;
    }

    /** Returns the place of a waiter, such as "1st of 500"; looks at the first 1,000. */
    String placeOf(Waiter<?> waiter) {
        int place = 1;
        Waiter<?> other = last == null ? waiter : firstOf(last);
        while (other != null && other != waiter && place <= MOST_PLACES) {
            place++;
            other = other.next;
        }
        return (place > MOST_PLACES ? "behind the first " + MOST_PLACES : ordinal(place))
                + " of "
                + length;
    }

    private static String ordinal(int number) {
        int tens = number % 100;
        int ones = tens >= 11 && tens <= 13 ? 0 : number % 10;
        return number + (ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th");
    }

    void add(Waiter<?> waiter) {
        Waiter<?> previous = last;
        if (previous != null) {
            Waiter<?> first = firstOf(previous);
            waiter.previous = previous;
            waiter.next = first;
            previous.next = waiter;
            first.previous = waiter;
        }
        last = waiter;
        if (turns == length++ && turns > 0) {
            next = waiter;
        }
    }

    @SuppressWarnings("NullAway") // with several waiters, all links are set
    void remove(Waiter<?> waiter) {
        if (length == 1) {
            length = 0;
            turns = 0;
            last = null;
            next = null;
            return;
        }
        Waiter<?> previous = waiter.previous;
        Waiter<?> following = waiter.next;
        length--;
        if (waiter.hasTurn) {
            turns--;
        } else if (waiter == next) {
            next = waiter == last ? null : following;
        }
        waiter.previous = null;
        waiter.next = null;
        if (length == 1) {
            previous.previous = null;
            previous.next = null;
        } else {
            previous.next = following;
            following.previous = previous;
        }
        if (waiter == last) {
            last = previous;
        }
    }

    private static Waiter<?> firstOf(Waiter<?> last) {
        return last.next == null ? last : last.next;
    }

    /** Grants turns in order, until {@code limit} waiters have one or all have. */
    void grant(int limit) {
        while (turns < limit && grantNext() != null) {}
    }

    /** Grants turns, as {@link #grant}, where at most one more has become possible. */
    void grantOne(int limit) {
        if (turns < length && turns < limit) {
            grantNext();
        }
    }

    /** Returns the first waiter without a turn, or null. */
    @Nullable Waiter<?> firstWithoutTurn() {
        Waiter<?> last = this.last;
        if (last == null || turns == length) {
            return null;
        }
        return next == null ? firstOf(last) : next;
    }

    /** Grants the first waiter without a turn its turn; returns it, or null if there is none. */
    @Nullable Waiter<?> grantNext() {
        Waiter<?> waiter = firstWithoutTurn();
        if (waiter == null) {
            return null;
        }
        next = waiter == last ? null : waiter.next;
        turns++;
        waiter.hasTurn = true;
        waiter.wake();
        return waiter;
    }
}
