package dev.weft;

import dev.weft.internal.loop.CancelRequest;
import dev.weft.internal.loop.Turn;
import dev.weft.internal.time.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One cancellation and all results that it reaches. Goes depth first, from a task or gather to the
 * results that it waits for (rule 11). Iterative, because a chain may have a million tasks. Each
 * task is asked once, so the time is linear.
 *
 * <p>No code of the user runs inside the sweep. Stages and threads of blocking calls, which are
 * outside of the loop, are cancelled afterwards.
 *
 * <p>Callers create a sweep, {@link #ask} any number of times, and always {@link #finish}.
 */
final class CancelSweep {
    private static final int SMALLEST_CHUNK = 4;
    private static final int LARGEST_CHUNK = 4096;

    private final @Nullable String message;

    /**
     * True if work outside of the loop is cancelled at the end of the sweep, false if in a later
     * turn. Only calls by the user may do so at once: in other calls a task may be suspending,
     * whose frames are not saved yet, and code of the user could run the loop.
     */
    private final boolean tellsNow;

    /** The request with which tasks wake; all of them share it. */
    private @Nullable Node request;

    /**
     * The results that were asked, whose flags are reset at the end. In chunks, so that growing
     * copies nothing.
     */
    private @Nullable Chunk asked;

    /**
     * A stack of results. Each waits for the one above; the top is asked next, or is being asked.
     */
    private @Nullable ArrayDeque<Deferred<?>> path;

    /** The results that tasks leave because they wait in a circle. */
    private @Nullable Set<Deferred<?>> left;

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

    /** Creates a sweep for a call by the user. */
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

    /** Cancels each of {@code roots}, in order. */
    void cancelAll(List<? extends Deferred<?>> roots) {
        try {
            for (Deferred<?> root : roots) {
                ask(root);
            }
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

    /**
     * Cancels the body of a group, which {@code task} runs, and counts the request.
     *
     * @param around the innermost shield around the group, or null
     */
    void demand(Task<?> task, @Nullable Shielded around) {
        task.demand(this, around);
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

    // ---- called by the results that are asked

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
     * Asks {@code awaited} next; {@code waiting} stays on the path until then. If {@code awaited}
     * is on the path too, the results wait in a circle, and nothing would wake the tasks in it. One
     * of these tasks then leaves its awaited result, at the end of the sweep.
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
        if (awaited != null) { // otherwise the task leaves already
            task.leaves(request());
            if (left == null) {
                left = new LinkedHashSet<>();
            }
            left.add(awaited);
        }
    }

    /** Calls {@link Deferred#cancelOutside} of {@code result} after the sweep. */
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
                result.isOnPath(false); // only after an error
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

    /** Cancels work outside of the loop in a later turn. */
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
