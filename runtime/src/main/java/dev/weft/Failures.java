package dev.weft;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Failures that nobody has looked at. One is reported when what failed is no longer reachable,
 * because then nobody can look at it any more, and all that are left when the loop closes. A list
 * in the order of failing; any thread may take one out by looking at it.
 */
final class Failures {
    private final EventLoop loop;
    private final ReferenceQueue<Deferred<?>> lost = new ReferenceQueue<>();
    private @Nullable Unseen first;
    private @Nullable Unseen last;

    Failures(EventLoop loop) {
        this.loop = loop;
    }

    /** One of them. Holds what failed weakly, and all that a report needs. */
    static final class Unseen extends WeakReference<Deferred<?>> {
        private final Failures list;
        private final Thrown thrown;
        private final String message;
        private @Nullable Unseen before;
        private @Nullable Unseen after;
        private boolean listed = true;

        private Unseen(Failures list, Deferred<?> failed, Thrown thrown, String message) {
            super(failed, list.lost);
            this.list = list;
            this.thrown = thrown;
            this.message = message;
        }

        /** Somebody has looked. */
        void forget() {
            list.remove(this);
        }
    }

    /** Keeps a failure until somebody looks at it. */
    synchronized void keep(Thrown thrown, Deferred<?> failed, String message) {
        if (thrown.seen) {
            return;
        }
        Unseen unseen = new Unseen(this, failed, thrown, message);
        thrown.unseen = unseen;
        unseen.before = last;
        if (last == null) {
            first = unseen;
        } else {
            last.after = unseen;
        }
        last = unseen;
        if (thrown.seen) {
            remove(unseen); // another thread has looked between the two lines above and did not
            // find it in the list
        }
    }

    private synchronized boolean remove(Unseen unseen) {
        if (!unseen.listed) {
            return false;
        }
        unseen.listed = false;
        if (unseen.before == null) {
            first = unseen.after;
        } else {
            unseen.before.after = unseen.after;
        }
        if (unseen.after == null) {
            last = unseen.before;
        } else {
            unseen.after.before = unseen.before;
        }
        return true;
    }

    private synchronized @Nullable Unseen takeFirst() {
        Unseen unseen = first;
        if (unseen != null) {
            remove(unseen);
        }
        return unseen;
    }

    /** Reports those that nobody can look at any more. */
    void reportLost() {
        for (Object unseen = lost.poll(); unseen != null; unseen = lost.poll()) {
            if (remove((Unseen) unseen)) {
                report((Unseen) unseen);
            }
        }
    }

    /** Reports all that are left, in the order in which they failed. */
    void reportAll() {
        for (Unseen unseen = takeFirst(); unseen != null; unseen = takeFirst()) {
            report(unseen);
        }
    }

    private void report(Unseen unseen) {
        unseen.thrown.unseen = null;
        Task<?> task = unseen.get() instanceof Task<?> failed ? failed : null;
        loop.report(new Unhandled(unseen.message, unseen.thrown.exception, task));
    }
}
