package dev.weft.internal.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiters of one result, in the order in which they came. The base class of results, so that a
 * list costs a result one field.
 *
 * <p>The list is circular, and the field refers to its last element. Tasks are linked forward only:
 * their second field says what they wait for. All other waiters are also linked backward, so that
 * they leave in constant time.
 */
public abstract class WaitList extends Turn {
    private @Nullable Turn last;

    /** Returns whether there is a waiter. */
    protected final boolean hasWaiters() {
        return last != null;
    }

    /** Appends a waiter that owns its slot. */
    protected final void append(Turn waiter) {
        Turn last = this.last;
        if (last == null) {
            waiter.nextTurn(waiter);
        } else {
            waiter.nextTurn(last.nextTurn());
            last.nextTurn(waiter);
        }
        this.last = waiter;
    }

    /** Appends a waiter that can leave in constant time. */
    protected final void appendLinked(Turn waiter) {
        Turn last = this.last;
        if (last != null) {
            waiter.previousTurn(last);
        }
        append(waiter);
    }

    /** Removes a waiter that {@link #appendLinked} has added. Returns whether it was still here. */
    protected final boolean removeLinked(Turn waiter) {
        Turn last = this.last;
        if (last == null) {
            return false;
        }
        Turn previous = waiter.previousTurn();
        if (previous == null) {
            if (last.nextTurn() != waiter) {
                return false;
            }
            previous = last;
        }
        unlink(previous, waiter);
        waiter.previousTurn(null);
        return true;
    }

    private void unlink(Turn previous, Turn waiter) {
        Turn next = next(waiter);
        waiter.nextTurn(null);
        if (previous == waiter) {
            last = null;
            return;
        }
        boolean wasFirst = previous == last;
        previous.nextTurn(next);
        if (next.follows(waiter)) {
            next.previousTurn(wasFirst ? null : previous);
        }
        if (waiter == last) {
            last = previous;
        }
    }

    /**
     * Moves the waiters for which {@link Turn#isLeaving} holds to the ready queue, in their order.
     * One walk, however many leave.
     */
    protected final void releaseLeaving(Loop loop) {
        Turn turn = takeAll();
        while (turn != null) {
            Turn next = turn.nextTurn();
            turn.nextTurn(null);
            if (turn.isLeaving()) {
                turn.released();
                loop.ready(turn);
            } else if (turn.ownsSlot()) {
                append(turn);
            } else {
                turn.previousTurn(null);
                appendLinked(turn);
            }
            turn = next;
        }
    }

    /** Moves all waiters to the ready queue, in their order. */
    protected final void wakeAll(Loop loop) {
        Turn previous = null;
        Turn turn = takeAll();
        while (turn != null) {
            Turn next = turn.nextTurn();
            turn.nextTurn(null);
            if (previous != null && turn.follows(previous)) {
                turn.previousTurn(null);
            }
            turn.woken();
            loop.ready(turn);
            previous = turn;
            turn = next;
        }
    }

    /** Returns the waiters in their order. */
    protected final List<Turn> waiters() {
        List<Turn> waiters = new ArrayList<>();
        Turn turn = last;
        while (turn != null) {
            turn = next(turn);
            waiters.add(turn);
            turn = turn == last ? null : turn;
        }
        return waiters;
    }

    /** Empties the list. Returns its first element, linked forward to the others. */
    private @Nullable Turn takeAll() {
        Turn last = this.last;
        if (last == null) {
            return null;
        }
        this.last = null;
        Turn first = next(last);
        last.nextTurn(null);
        return first;
    }

    @SuppressWarnings("NullAway") // the list is circular
    private static Turn next(Turn turn) {
        return turn.nextTurn();
    }
}
