package dev.weft;

import dev.weft.internal.loop.CancelRequest;
import dev.weft.internal.loop.Turn;
import dev.weft.internal.time.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cancellation and everything that it reaches: depth first, along what tasks and gathers wait
 * for (rule 11). Iterative, because a chain may have a million tasks. Each task is asked once,
 * however many ways lead to it, so the sweep is linear in what it reaches.
 *
 * <p>No code of the user runs inside the sweep. What is outside of the loop, such as a stage or the
 * thread of a blocking call, is told afterwards.
 *
 * <p>Use: create, {@link #ask} any number of times, and in any case {@link #finish}.
 */
final class CancelSweep {
    private static final int SMALLEST_CHUNK = 4;
    private static final int LARGEST_CHUNK = 4096;

    private final @Nullable String message;

    /**
     * True if the outside is told as soon as the sweep is complete, and not in a turn of its own.
     * Only a call by the user allows that: elsewhere a task may be suspending, with frames that are
     * not saved yet, and code of the user could run the loop.
     */
    private final boolean tellsNow;

    /** Shared by all tasks that wake with it. */
    private @Nullable Node request;

    /**
     * Everything whose flags must be reset at the end. In chunks, so that growing copies nothing.
     */
    private @Nullable Chunk asked;

    /**
     * The results that wait for the one on top of them, which is to be asked next or is being
     * asked.
     */
    private @Nullable ArrayDeque<Deferred<?>> path;

    /** The results that tasks leave because they wait in a circle. */
    private @Nullable List<Deferred<?>> left;

    private @Nullable List<Deferred<?>> outside;

    /** A part of a list that grows at its front. */
    private static final class Chunk {
        final Deferred<?>[] elements;
        final @Nullable Chunk next;
        int length;

        Chunk(@Nullable Chunk next) {
            this.next = next;
            int size = next == null ? SMALLEST_CHUNK : 2 * next.elements.length;
            elements = new Deferred<?>[Math.min(size, LARGEST_CHUNK)];
        }

        boolean isFull() {
            return length == elements.length;
        }
    }

    private CancelSweep(@Nullable String message, boolean tellsNow) {
        this.message = message;
        this.tellsNow = tellsNow;
    }

    /** Creates a sweep on behalf of a timeout, a group or the end of the loop. */
    static CancelSweep internal(@Nullable String message) {
        return new CancelSweep(message, false);
    }

    /** Creates a sweep for which the user has called. */
    static CancelSweep byUser(@Nullable String message) {
        return new CancelSweep(message, true);
    }

    /** Cancels {@code root}. Returns false if it has ended. */
    boolean cancel(Deferred<?> root) {
        try {
            return ask(root);
        } finally {
            finish();
        }
    }

    /** Interrupts {@code task} without a request. Returns false if it waits for nothing. */
    boolean interrupt(Task<?> task) {
        try {
            boolean wasWaiting = task.interrupt(this);
            drain();
            return wasWaiting;
        } finally {
            finish();
        }
    }

    /** Requests the end of {@code root} and of what it waits for. Returns false if it has ended. */
    boolean ask(Deferred<?> root) {
        boolean isPending = root.stop(this);
        drain();
        return isPending;
    }

    /** Requests the end of the code of a group in {@code task}, for which the group counts. */
    void demand(Task<?> task) {
        task.demand(this);
        drain();
    }

    private void drain() {
        ArrayDeque<Deferred<?>> path = this.path;
        while (path != null && !path.isEmpty()) {
            Deferred<?> top = path.element();
            Deferred<?> next = top.isOnPath() ? top.nextToAsk() : null;
            if (next != null) {
                descend(top, next);
            } else {
                path.pop();
                if (top.isOnPath()) {
                    top.isOnPath(false);
                } else {
                    top.stop(this);
                }
            }
        }
    }

    // ---- called by what is asked

    @Nullable String message() {
        return message;
    }

    /** Returns the request with which tasks wake. */
    Node request() {
        Node shared = request;
        if (shared == null) {
            shared = CancelRequest.forwarded(message);
            request = shared;
        }
        return shared;
    }

    /** Records that {@code result} has been asked. */
    void asked(Deferred<?> result) {
        result.isAsked(true);
        Chunk chunk = asked;
        if (chunk == null || chunk.isFull()) {
            chunk = new Chunk(chunk);
            asked = chunk;
        }
        chunk.elements[chunk.length++] = result;
    }

    /**
     * Asks {@code awaited} next; {@code waiting} is on the path until that is complete. If {@code
     * awaited} is on the path itself, the two wait in a circle, and nothing would wake the tasks in
     * it: one of them leaves what it waits for, at the end of the sweep.
     */
    void descend(Deferred<?> waiting, Deferred<?> awaited) {
        if (awaited.isOnPath()) {
            leave(waiting instanceof Task<?> task ? task : (Task<?>) awaited);
            return;
        }
        ArrayDeque<Deferred<?>> path = this.path;
        if (path == null) {
            path = new ArrayDeque<>();
            this.path = path;
        }
        if (!waiting.isOnPath()) {
            waiting.isOnPath(true);
            path.push(waiting);
        }
        path.push(awaited);
    }

    private void leave(Task<?> task) {
        Deferred<?> awaited = task.awaited();
        if (awaited != null) { // and otherwise it leaves already
            task.leaves(request());
            if (left == null) {
                left = new ArrayList<>();
            }
            left.add(awaited);
        }
    }

    /** Tells {@code result}, after the sweep, to cancel what is outside of the loop. */
    void tellOutside(Deferred<?> result) {
        if (outside == null) {
            outside = new ArrayList<>();
        }
        outside.add(result);
    }

    /** Completes the sweep. */
    void finish() {
        if (path != null) {
            for (Deferred<?> result : path) {
                result.isOnPath(false); // not empty only after an error
            }
        }
        for (Chunk chunk = asked; chunk != null; chunk = chunk.next) {
            for (int i = 0; i < chunk.length; i++) {
                chunk.elements[i].isAsked(false);
            }
        }
        if (left != null) {
            for (Deferred<?> awaited : left) {
                awaited.releaseLeaving();
            }
        }
        if (outside != null) {
            if (tellsNow) {
                OutsideTurn.cancelOutside(outside);
            } else {
                outside.get(0).loop.ready(new OutsideTurn(outside));
            }
        }
    }

    /** Tells the outside in a turn of its own. */
    private static final class OutsideTurn extends Turn {
        private final List<Deferred<?>> outside;

        OutsideTurn(List<Deferred<?>> outside) {
            this.outside = outside;
        }

        static void cancelOutside(List<Deferred<?>> outside) {
            for (Deferred<?> result : outside) {
                result.cancelOutside();
            }
        }

        @Override
        protected void take() {
            cancelOutside(outside);
        }

        @Override
        public String toString() {
            return "the cancellation of work outside of the loop";
        }
    }
}
