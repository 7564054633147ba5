package dev.weft.sync;

import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait, first come, first served. All primitives queue here.
 *
 * <p>Giving a waiter its turn queues its step and nothing else: it keeps its place until it runs,
 * so that nobody overtakes it in between, and only then takes what it came for. A cancelled waiter
 * leaves at once if it has no turn yet, and otherwise when it runs; its turn is then another's. So
 * who serves a line only says, after every change, how many turns there can be: {@link #admit}.
 * Everything is O(1) per waiter and needs no memory.
 *
 * <pre>{@code
 * .-> first <-> ... <-> . <-> next <-> ... <-> last <-.
 * |   '-- have a turn --'   '--- have none yet ---'   |
 * '---------------------------------------------------'
 * }</pre>
 *
 * It is a circle that only {@code last} points into, because a line is old and waiters are young:
 * each pointer from old to young costs a collector's write barrier. One that is alone in line, as
 * most are, has no links.
 */
final class Line {
    private @Nullable Waiter<?> last;

    /** The first one without a turn; null if that is the first of all, or if there is none. */
    private @Nullable Waiter<?> next;

    private int length;
    private int turns;

    boolean isEmpty() {
        return last == null;
    }

    /** How many have no turn yet. */
    int waiting() {
        return length - turns;
    }

    void join(Waiter<?> waiter) {
        Waiter<?> before = last;
        if (before != null) {
            Waiter<?> first = first(before);
            waiter.before = before;
            waiter.after = first;
            before.after = waiter;
            first.before = waiter;
        }
        last = waiter;
        if (turns == length++ && turns > 0) {
            next = waiter;
        }
    }

    @SuppressWarnings("NullAway") // outside of a line the links are null
    void leave(Waiter<?> waiter) {
        Waiter<?> before = waiter.before;
        Waiter<?> after = waiter.after;
        length--;
        if (waiter.hasTurn) {
            turns--;
        } else if (waiter == next) {
            next = waiter == last ? null : after;
        }
        if (length == 0) {
            last = null;
            return;
        }
        waiter.before = null;
        waiter.after = null;
        if (length == 1) {
            before.before = null;
            before.after = null;
        } else {
            before.after = after;
            after.before = before;
        }
        if (waiter == last) {
            last = before;
        }
    }

    private static Waiter<?> first(Waiter<?> last) {
        return last.after == null ? last : last.after;
    }

    /** Gives turns, in order, until {@code most} have one or all. */
    void admit(int most) {
        while (turns < most && admitNext() != null) {}
    }

    /** As {@link #admit} where at most one more turn has become possible. */
    void admitOne(int most) {
        if (turns < length && turns < most) {
            admitNext();
        }
    }

    /** Gives the next one its turn; null if there is none. */
    @Nullable Waiter<?> admitNext() {
        Waiter<?> last = this.last;
        if (last == null || turns == length) {
            return null;
        }
        Waiter<?> waiter = next == null ? first(last) : next;
        next = waiter == last ? null : waiter.after;
        turns++;
        waiter.hasTurn = true;
        waiter.wake();
        return waiter;
    }
}
