package dev.weft.internal.idle;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A queue with many writers and one reader. The reader, called the owner, sleeps when the queue is
 * empty.
 *
 * <p>The state is one atomic word: a stack of letters that the owner takes as a whole and reverses
 * (R. K. Treiber, 1986). The same word also records that the owner sleeps. The owner can fall
 * asleep only by replacing "empty". A writer therefore either adds its letter before that, and the
 * owner stays awake, or replaces "asleep", and must wake the owner. No wake-up can be lost, because
 * no second word can disagree with the first. Closing replaces the word for good; a letter is
 * accepted or rejected by the same exchange.
 *
 * <p>The actions of a writer before {@link #add} happen before the actions of the owner after
 * taking the letter.
 *
 * @param <T> the items
 */
public final class Inbox<T> {
    private static final int LIMIT = 10_000;

    private static final class Letter<T> {
        final @Nullable T item;
        @Nullable Letter<T> below;

        Letter(@Nullable T item) {
            this.item = item;
        }
    }

    /** Not an AtomicReference: that initializes method handles, which every start would pay for. */
    @SuppressWarnings("rawtypes") // a class literal has no type argument
    private static final AtomicReferenceFieldUpdater<Inbox, @Nullable Letter> WORD =
            AtomicReferenceFieldUpdater.newUpdater(Inbox.class, Letter.class, "word");

    private final Letter<T> asleep = new Letter<>(null);
    private final Letter<T> closed = new Letter<>(null);
    private volatile @Nullable Letter<T> word;

    /** Letters in the order of arrival that the owner has taken and not yet passed on. */
    private @Nullable Letter<T> taken;

    /**
     * Adds an item. Any thread.
     *
     * @return true if the owner was asleep: then this caller, and no other, has to wake the owner
     * @throws RejectedExecutionException if the inbox is closed; the item was not taken
     */
    public boolean add(T item) {
        Letter<T> letter = new Letter<>(item);
        for (; ; ) {
            Letter<T> top = word;
            if (top == closed) {
                throw new RejectedExecutionException("the event loop is closed");
            }
            letter.below = top == asleep ? null : top;
            if (WORD.compareAndSet(this, top, letter)) {
                return top == asleep;
            }
        }
    }

    /** Returns whether there is nothing to take. Owner only. One volatile read. */
    public boolean isEmpty() {
        Letter<T> top = word;
        return taken == null && (top == null || top == closed);
    }

    /**
     * Announces that the owner is about to sleep. Returns false if a letter is waiting and the
     * owner must not sleep. The owner of a closed inbox may always sleep, because no letter will
     * come.
     */
    public boolean sleep() {
        return taken == null && (WORD.compareAndSet(this, null, asleep) || word == closed);
    }

    /** Ends the sleep that {@link #sleep} announced, whatever woke the owner. */
    public void wake() {
        WORD.compareAndSet(this, asleep, null);
    }

    /** Returns whether later items are rejected. Any thread. */
    public boolean isClosed() {
        return word == closed;
    }

    /** Returns whether the owner has announced that it sleeps. Any thread. */
    public boolean isAsleep() {
        return word == asleep;
    }

    /**
     * Passes items on to {@code reader}, in the order of arrival: all of them, or the first 10,000.
     * The limit keeps an owner responsive whose writers are faster. Owner only.
     */
    public void drainTo(Reader<? super T> reader) {
        if (taken == null) {
            if (isEmpty()) {
                return;
            }
            taken = reversed(swap(null));
        }
        Letter<T> letter = taken;
        for (int passed = 0; letter != null && passed < LIMIT; passed++) {
            pass(letter, reader);
            letter = letter.below;
        }
        taken = letter;
    }

    /** Passes on all remaining items and rejects later ones. Closing twice is harmless. */
    public void close(Reader<? super T> reader) {
        Letter<T> top = swap(closed);
        for (Letter<T> letter = taken; letter != null; letter = letter.below) {
            pass(letter, reader);
        }
        taken = null;
        if (top != closed) {
            for (Letter<T> letter = reversed(top); letter != null; letter = letter.below) {
                pass(letter, reader);
            }
        }
    }

    @SuppressWarnings("unchecked") // the word holds letters of this inbox
    private @Nullable Letter<T> swap(@Nullable Letter<T> next) {
        return (Letter<T>) WORD.getAndSet(this, next);
    }

    private static <T> @Nullable Letter<T> reversed(@Nullable Letter<T> top) {
        Letter<T> oldest = null;
        while (top != null) {
            Letter<T> below = top.below;
            top.below = oldest;
            oldest = top;
            top = below;
        }
        return oldest;
    }

    /** The marks "asleep" and "closed" are letters without an item. */
    private static <T> void pass(Letter<T> letter, Reader<? super T> reader) {
        if (letter.item != null) {
            reader.take(letter.item);
        }
    }

    /** The receiver of the items. */
    public interface Reader<T> {
        /** Takes the next item. */
        void take(T item);
    }
}
