package dev.weft.internal.report;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The failures of one loop that nobody has looked at, in the order in which they occurred. A
 * failure is reported when its owner (the failed task or other result) is unreachable, so that no
 * code can look at it, or else when the loop closes. Any thread may look at a failure, and so
 * remove it.
 */
public final class UnseenFailures {
    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private @Nullable Entry first;
    private @Nullable Entry last;

    /** A failure. Refers weakly to its owner. */
    public static final class Entry extends WeakReference<Object> {
        private final UnseenFailures list;

        /** The exception. */
        public final Throwable exception;

        /** The first sentence of a report. */
        public final String message;

        /** The data that a report needs once the owner is unreachable. */
        public final @Nullable Object remains;

        private @Nullable Entry previous;
        private @Nullable Entry next;
        private boolean listed = true;

        private Entry(
                UnseenFailures list,
                Object owner,
                Throwable exception,
                String message,
                @Nullable Object remains) {
            super(owner, list.unreachable);
            this.list = list;
            this.exception = exception;
            this.message = message;
            this.remains = remains;
        }

        /** Removes this failure, which somebody has looked at. Any thread. */
        public void forget() {
            list.remove(this);
        }
    }

    /** Keeps a failure until somebody looks at it. */
    public synchronized Entry keep(
            Object owner, Throwable exception, String message, @Nullable Object remains) {
        Entry entry = new Entry(this, owner, exception, message, remains);
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        return entry;
    }

    private synchronized boolean remove(Entry entry) {
        if (!entry.listed) {
            return false;
        }
        entry.listed = false;
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next == null) {
            last = entry.previous;
        } else {
            entry.next.previous = entry.previous;
        }
        return true;
    }

    private synchronized @Nullable Entry takeFirst() {
        Entry entry = first;
        if (entry != null) {
            remove(entry);
        }
        return entry;
    }

    /** Reports the failures whose owners are unreachable. */
    public void reportUnreachable(Consumer<? super Entry> reporter) {
        for (Object entry = unreachable.poll(); entry != null; entry = unreachable.poll()) {
            if (remove((Entry) entry)) {
                reporter.accept((Entry) entry);
            }
        }
    }

    /** Reports all failures, in the order in which they occurred. */
    public void reportAll(Consumer<? super Entry> reporter) {
        for (Entry entry = takeFirst(); entry != null; entry = takeFirst()) {
            reporter.accept(entry);
        }
    }
}
