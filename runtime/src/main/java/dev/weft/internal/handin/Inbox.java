package dev.weft.internal.handin;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A queue with many writers and one reader, the owner, who sleeps when it has nothing to do.
 *
 * <p>All of it is one atomic word, a stack of letters that the owner takes whole and reverses (R.
 * K. Treiber, 1986). The word is also the flag that the owner sleeps: it can fall asleep only by
 * replacing "empty", so whoever adds a letter either did so before and the owner stays awake, or
 * replaces "asleep" and must wake it. A wake-up cannot be lost because there is no second word to
 * disagree with. Closing replaces the word for good; a letter is accepted or rejected by the same
 * exchange.
 *
 * <p>What a writer did before {@link #add} happens before what the owner does after taking the
 * letter.
 */
public final class Inbox<T> {
    private static final class Letter<T> {
        final @Nullable T item;
        @Nullable Letter<T> below;

        Letter(@Nullable T item) {
            this.item = item;
        }
    }

    /** Not an AtomicReference, which starts the JVM's method handles, at the start of every run. */
    @SuppressWarnings("rawtypes") // a class literal has no type argument
    private static final AtomicReferenceFieldUpdater<Inbox, @Nullable Letter> WORD =
            AtomicReferenceFieldUpdater.newUpdater(Inbox.class, Letter.class, "word");

    private final Letter<T> asleep = new Letter<>(null);
    private final Letter<T> closed = new Letter<>(null);
    private volatile @Nullable Letter<T> word;

    /**
     * Adds a letter; any thread.
     *
     * @return true when the owner was asleep: the caller, and nobody else, has to wake it
     * @throws RejectedExecutionException when the inbox is closed; the letter was not taken
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

    /** Whether there is nothing to take; owner only. One volatile read. */
    public boolean isEmpty() {
        Letter<T> top = word;
        return top == null || top == closed;
    }

    /**
     * Announces that the owner is about to sleep; false when a letter is waiting and it must not.
     * Who has closed may sleep: nobody comes any more.
     */
    public boolean sleep() {
        return WORD.compareAndSet(this, null, asleep) || word == closed;
    }

    /** Ends what {@link #sleep} began, whoever woke the owner. */
    public void wake() {
        WORD.compareAndSet(this, asleep, null);
    }

    /** Takes every letter, in the order they came; owner only. */
    public void drainTo(Reader<? super T> reader) {
        if (!isEmpty()) {
            read(swap(null), reader);
        }
    }

    /** Takes the last letters and rejects all that come later. Closing twice is harmless. */
    public void close(Reader<? super T> reader) {
        Letter<T> top = swap(closed);
        if (top != closed) {
            read(top, reader);
        }
    }

    @SuppressWarnings("unchecked") // the word holds letters of this inbox
    private @Nullable Letter<T> swap(@Nullable Letter<T> next) {
        return (Letter<T>) WORD.getAndSet(this, next);
    }

    private static <T> void read(@Nullable Letter<T> top, Reader<? super T> reader) {
        Letter<T> oldest = null;
        while (top != null) {
            Letter<T> below = top.below;
            top.below = oldest;
            oldest = top;
            top = below;
        }
        for (; oldest != null; oldest = oldest.below) {
            if (oldest.item != null) {
                reader.take(oldest.item);
            }
        }
    }

    /** Who receives the letters. */
    public interface Reader<T> {
        void take(T item);
    }
}
